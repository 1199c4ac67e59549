package org.pgreel.replay.report;

/**
 * Recorded exchanges, from idle to idle, that nobody asked for to their end.
 *
 * @param place where the first of them stands that was not asked for, as {@code #1@9}
 * @param statement its statement
 * @param exchanges how many were not asked for
 */
public record LeftOverRun(String place, String statement, int exchanges) {

    /** Returns the run as one line. */
    public String line() {
        return "left over: " + place + " " + ExchangeMiss.shortened(statement)
                + (exchanges == 1 ? "" : " and " + (exchanges - 1) + " more behind it");
    }
}
