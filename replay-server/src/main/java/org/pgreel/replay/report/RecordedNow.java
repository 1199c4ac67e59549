package org.pgreel.replay.report;

/**
 * A question that no recording answered, and that a live server was asked instead: its run was recorded.
 *
 * @param connection the number of the connection that asked it, in the order of arrival
 * @param statement the statement
 */
public record RecordedNow(int connection, String statement) {

    /** Returns it as a line for a person. */
    public String line() {
        return "connection " + connection + " asked what was not recorded, and is now: "
                + ExchangeMiss.shortened(statement);
    }
}
