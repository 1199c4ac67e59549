package org.pgreel.client.pool;

import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/** Where a pool's sessions come from. Thread-safe. */
@FunctionalInterface
public interface SessionSource {

    /**
     * Begins a session and returns at once.
     *
     * @param notify who hears of the session's life
     * @return the session, on its way to connect
     * @throws IllegalStateException if no more sessions can be had
     */
    Session connect(SessionStatusNotify notify);
}
