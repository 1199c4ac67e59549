package org.pgreel.replay.report;

/**
 * A statement that changes data and was sent again although the client could not know that it had not been applied: its
 * connection broke behind the last message of its transaction, and before the answer.
 *
 * @param connection the number of the connection that sent it again, in the order of arrival
 * @param statement the statement
 * @param place where it stands in the recording, as {@code #1@9}
 * @param first the number of the connection that had sent it before
 */
public record Resend(int connection, String statement, String place, int first) {

    /** Returns it as one line. */
    public String line() {
        return "connection " + connection + " sent again what may have been applied: "
                + ExchangeMiss.shortened(statement) + " (" + place + "; connection " + first
                + " never learnt what became of it)";
    }
}
