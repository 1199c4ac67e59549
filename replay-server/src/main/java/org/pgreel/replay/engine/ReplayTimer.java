package org.pgreel.replay.engine;

/** What a played connection waits for no longer than a given time. */
public enum ReplayTimer {
    /** The client must have logged in. */
    LOGIN,
    /** The session that sent a recorded notification must have connected. */
    SENDER,
    /** The next bytes of a script may leave, or its pause is over. */
    PACE,
    /** The client must have done what a script awaits. */
    PATIENCE,
    /** What lies between the server and its client lets go of what it holds. */
    NETWORK;

    /**
     * Tells whether it means nothing any more once the client is gone. A script may then still await another connection,
     * which it does not do for ever.
     */
    public boolean endsWithItsClient() {
        return this != PATIENCE;
    }
}
