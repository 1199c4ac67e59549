package org.pgreel.replay.volatility;

import java.util.List;

/**
 * A statement as it is looked up.
 *
 * @param sql its text, with the holes of its declaration in place of what stands there
 * @param values what stands in the holes
 */
public record Question(String sql, List<String> values) {
    /** Copies the list. */
    public Question {
        values = List.copyOf(values);
    }
}
