package org.pgreel.replay.report;

/**
 * In what a question differs from a recorded one.
 *
 * @param field what differs, such as {@code parameter 1}
 * @param recorded what was recorded
 * @param got what came
 */
public record FieldDifference(String field, String recorded, String got) {

    /** Returns the difference as one line. */
    public String line() {
        return field + ": recorded " + recorded + ", got " + got;
    }
}
