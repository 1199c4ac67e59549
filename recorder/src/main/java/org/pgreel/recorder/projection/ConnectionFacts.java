package org.pgreel.recorder.projection;

/**
 * What is known of a connection beside its conversation.
 *
 * @param user the user that it logged in as; empty before the StartupMessage
 * @param database the database that it named; empty if it named none
 * @param errorMessage the number of the last ErrorResponse within the session; 0 if none came
 * @param sqlState the SQLSTATE of that error; empty if none came
 * @param errorText the text of that error; empty if none came
 * @param end how it ended, in words; empty if it did not
 */
public record ConnectionFacts(
        String user, String database, long errorMessage, String sqlState, String errorText, String end) {

    static final ConnectionFacts NONE = new ConnectionFacts("", "", 0, "", "", "");

    ConnectionFacts login(String newUser, String newDatabase) {
        return new ConnectionFacts(
                newUser, newDatabase.isEmpty() ? newUser : newDatabase, errorMessage, sqlState, errorText, end);
    }

    ConnectionFacts failed(long message, String newSqlState, String text) {
        return new ConnectionFacts(user, database, message, newSqlState, text, end);
    }

    ConnectionFacts ended(String how) {
        return new ConnectionFacts(user, database, errorMessage, sqlState, errorText, how);
    }
}
