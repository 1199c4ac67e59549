package org.pgreel.replay.exchange;

import java.util.List;
import org.pgreel.replay.volatility.Question;

/**
 * A statement that a recorded connection prepared.
 *
 * @param types the types that the client gave for its parameters
 * @param shape where among the connection's shapes it is described
 */
record RecordedStatement(Question question, List<Integer> types, int shape) {
    String sql() {
        return question.sql();
    }
}
