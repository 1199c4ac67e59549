package org.pgreel.scenarios.check;

/**
 * How a client's run ended.
 *
 * @param how what ended it
 * @param status its exit status; without meaning when it never ended
 * @param output its standard output, as far as it is kept
 * @param errors its standard error, as far as it is kept
 * @param seconds how long it took
 * @param busy whether it was at work for a good part of that time when it was last looked at: it may only have been slow
 */
public record ClientEnd(How how, int status, String output, String errors, double seconds, boolean busy) {
    /** What ended a client. */
    public enum How {
        /** It ended by itself. */
        EXITED,
        /** A signal killed it that was none of ours. */
        KILLED,
        /** It had not ended when its time was over, and was killed then. */
        NEVER_ENDED
    }

    /** Returns the first line of what it says of its failure; "" when it says nothing. */
    public String firstError() {
        return errors.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
