package org.pgreel.client.observation;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ShutdownReason;

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
     * @param reason why
     */
    default void ended(ShutdownReason reason) {}
}
