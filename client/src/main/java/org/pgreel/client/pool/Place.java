package org.pgreel.client.pool;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.Session;

/**
 * One of the pool's places and the session that has it. What the book writes here is guarded by the pool's lock; the
 * session is attached by the thread that opened it and closed by whichever thread has to.
 */
final class Place {
    /** What the session is doing. */
    enum State {
        CONNECTING,
        CHECKING,
        IDLE,
        LENT,
        RETURNING,
        CLOSING,
        OVER
    }

    State state = State.CONNECTING;
    boolean wasReady;
    /** When its life is over, whatever its health. */
    long expiresAt = Long.MAX_VALUE;

    long idleSince;
    /** Up to which discovery of a standby the server was seen to take writes. */
    long generation;

    private volatile @Nullable Session session;
    private volatile boolean doomed;
    /** Whether something hints that the server takes no writes. */
    volatile boolean suspect;

    /** Takes the session, and closes it if the place has been given up meanwhile. */
    void attach(Session opened) {
        session = opened;
        if (doomed) {
            opened.close();
        }
    }

    void close() {
        doomed = true;
        Session open = session;
        if (open != null) {
            open.close();
        }
    }

    Session session() {
        Session open = session;
        if (open == null) {
            throw new AssertionError("a place without a session; please report this");
        }
        return open;
    }
}
