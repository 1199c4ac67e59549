package org.pgreel.replay.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where two recordings differ although nothing declares it.
 *
 * @param one where in the first, {@code #1@217}: session and message; null if only the second has it
 * @param other where in the second; null if only the first has it
 * @param statement what was asked
 * @param what in what both differ, a sentence for each place; or that one has none
 */
public record UndeclaredDifference(
        @Nullable String one, @Nullable String other, String statement, List<String> what) {
    /** Copies the list. */
    public UndeclaredDifference {
        what = List.copyOf(what);
    }
}
