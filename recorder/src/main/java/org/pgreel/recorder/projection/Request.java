package org.pgreel.recorder.projection;

import java.util.List;

/**
 * A message of the frontend that the backend answers, as long as it has not.
 *
 * @param message its number within the session
 * @param nanos when it was sent
 * @param kind what it is
 * @param name the statement or portal that it names; empty if unnamed or none
 * @param statement of a Bind the statement; empty otherwise
 * @param sql of a Query or Parse its text; empty otherwise
 * @param parameterTypes of a Parse the OIDs that it gives; empty otherwise
 */
public record Request(
        long message, long nanos, Kind kind, String name, String statement, String sql, List<Integer> parameterTypes) {

    /** Which message it is. */
    public enum Kind {
        /** Query. */
        QUERY,
        /** FunctionCall. */
        FUNCTION_CALL,
        /** Parse. */
        PARSE,
        /** Bind. */
        BIND,
        /** Describe of a statement. */
        DESCRIBE_STATEMENT,
        /** Describe of a portal. */
        DESCRIBE_PORTAL,
        /** Execute. */
        EXECUTE,
        /** Close of a statement. */
        CLOSE_STATEMENT,
        /** Close of a portal. */
        CLOSE_PORTAL,
        /** Sync. */
        SYNC;

        /** Returns whether a ReadyForQuery ends it. */
        boolean earnsReady() {
            return this == QUERY || this == FUNCTION_CALL || this == SYNC;
        }
    }

    /** Keeps its own copy of the list. */
    public Request {
        parameterTypes = List.copyOf(parameterTypes);
    }
}
