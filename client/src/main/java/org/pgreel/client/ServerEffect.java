package org.pgreel.client;

/**
 * What a failed operation may have left behind on the server.
 *
 * <p>The three grades follow from what was handed to the socket and what came back, never from a guess: a statement
 * may be sent again without a second thought only after {@link #NONE}.
 */
public enum ServerEffect {
    /**
     * It had no effect: no byte of it was handed to the socket, or the server answered it with an error by which it was
     * rolled back; {@link PgException#mayHaveExecuted()} tells which errors do.
     */
    NONE,
    /** It may have run, but inside a transaction block for which no COMMIT was ever sent, so nothing is permanent. */
    MAY_HAVE_EXECUTED,
    /** It may have run, and what it did may be permanent. */
    MAY_HAVE_COMMITTED
}
