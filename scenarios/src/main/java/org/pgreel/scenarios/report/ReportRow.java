package org.pgreel.scenarios.report;

/**
 * What one run came to, for a report. Immutable.
 *
 * @param group what it belongs to, such as a phase; "" for nothing
 * @param name what was run
 * @param verdict the verdict in a word or two
 * @param state whether that is good
 * @param sentence why; "" when there is nothing to say
 * @param detail more lines, such as a transcript; "" for none
 * @param seconds how long it took
 */
public record ReportRow(
        String group, String name, String verdict, State state, String sentence, String detail, double seconds) {
    /** What a verdict means for the whole. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** Not as it should be. */
        BAD,
        /** It was not judged. */
        SKIPPED
    }
}
