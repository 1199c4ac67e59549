package org.pgreel.client.observation;

import org.jspecify.annotations.Nullable;

/** One session as it is observed. */
public interface SessionObservation {

    /** Hears nothing. */
    SessionObservation NONE = new SessionObservation() {};

    /** The first ReadyForQuery came. */
    default void ready() {}

    /**
     * An operation was submitted.
     *
     * @param kind what it is, such as {@code parameterized-query}; never SQL
     * @return who hears of it; null if nobody wants to
     */
    default @Nullable OperationObservation submitted(String kind) {
        return null;
    }

    /**
     * The session is over; the last call, also for a session that never got ready.
     *
     * @param reason why, as the shutdown reason is named; of a session that never got ready, as the connection failure is
     * @param violation how the server broke the protocol; null if it did not
     */
    default void ended(String reason, @Nullable String violation) {}
}
