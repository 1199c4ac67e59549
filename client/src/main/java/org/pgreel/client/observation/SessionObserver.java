package org.pgreel.client.observation;

/**
 * Hears of each session that begins, given to sessions by {@code ConnectOptions}.
 *
 * <p>It measures; it takes no part. What it throws is logged and changes nothing. Called by the session's owner, so it must
 * not block; one observer serves many sessions and threads.
 */
@FunctionalInterface
public interface SessionObserver {

    /**
     * A session begins to connect.
     *
     * @param opening where it goes
     * @return who hears of its life, from one thread at a time
     */
    SessionObservation begins(ObservedSession opening);
}
