package org.pgreel.replay.source;

/**
 * How a recorded connection ended.
 *
 * @param kind who ended it, and how
 * @param after how many frontend messages must have come before the server ends it, those of the login not counted;
 *     of no meaning unless the server ended it
 */
public record Ending(Kind kind, int after) {

    /** Who ended a connection, and how. */
    public enum Kind {
        /** The client ended it in order. */
        CLIENT,
        /** The client's connection was reset, or it was never seen to end. */
        CLIENT_LOST,
        /** The server closed it in order. */
        SERVER_CLOSED,
        /** The server reset it. */
        SERVER_RESET;

        /** Tells whether the server ended the connection. */
        public boolean byServer() {
            return this == SERVER_CLOSED || this == SERVER_RESET;
        }
    }

    /** Tells whether the server ended the connection. */
    public boolean byServer() {
        return kind.byServer();
    }
}
