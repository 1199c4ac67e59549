package org.pgreel.replay.script;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Stamp;

/**
 * A line of a script.
 *
 * @param number where it stands in its text, 1 being the first; 0 when it was not read from a text
 * @param column where it begins, 1 being the first column; 0 when it was not read from a text
 * @param stamp a transcript's message number and time; null for none
 * @param step what it says; null for an empty line or one with a comment alone
 * @param comment the text behind {@code #}; null for none
 */
public record ScriptLine(
        int number,
        int column,
        @Nullable Stamp stamp,
        @Nullable Step step,
        @Nullable String comment) {
    /** Returns a line that holds only the step. */
    public static ScriptLine of(int number, Step step) {
        return new ScriptLine(number, 1, null, step, null);
    }

    /** Returns the line in its canonical spelling; of a block, its head. */
    @Override
    public String toString() {
        return ScriptPrinter.head(this);
    }
}
