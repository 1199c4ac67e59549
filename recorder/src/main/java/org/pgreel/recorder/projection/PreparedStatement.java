package org.pgreel.recorder.projection;

import java.util.List;

/**
 * A prepared statement that the server holds.
 *
 * @param sql its text; of one made by the SQL command PREPARE, the text of the Query that held it
 * @param parameterTypes the OIDs that Parse gave for its parameters; empty if it gave none
 * @param message the number of the message that asked for it
 */
public record PreparedStatement(String sql, List<Integer> parameterTypes, long message) {

    /** Keeps its own copy of the list. */
    public PreparedStatement {
        parameterTypes = List.copyOf(parameterTypes);
    }
}
