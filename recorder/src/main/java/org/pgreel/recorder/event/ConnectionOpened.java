package org.pgreel.recorder.event;

/**
 * A connection of the session is up; no byte was exchanged on it yet.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param connection the ordinal of the connection within the session, from 1
 */
public record ConnectionOpened(long session, long sequence, long nanos, int connection) implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onConnectionOpened(this);
    }
}
