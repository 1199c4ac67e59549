package org.pgreel.recorder.projection;

import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * What a session means in some respect: a fold over its events and messages.
 *
 * <p>A projection holds nothing itself; all that it knows stands in its state, so it may be asked at any position, and go
 * on from any snapshot. Neither clock nor chance has a part in it.
 *
 * @param <S> the state; it may be a value, or be changed by the methods that return it
 */
public interface Projection<S> {

    /** Returns the state before the first event. */
    S initial();

    /**
     * Returns the state after an event. Of a chunk it is told before the messages that the chunk completes.
     *
     * @param state the state before, which may be changed and returned
     * @param event the session's next event
     */
    default S event(S state, SessionEvent event) {
        return state;
    }

    /**
     * Returns the state after a message.
     *
     * @param state the state before, which may be changed and returned
     * @param message the session's next message
     */
    default S message(S state, RecordedMessage message) {
        return state;
    }

    /**
     * Returns a state that stays as it is when this one goes on. A projection whose states are values need not override
     * this.
     *
     * @param state a state
     */
    default S copy(S state) {
        return state;
    }
}
