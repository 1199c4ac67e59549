package org.pgreel.recorder.event;

/**
 * A note that the user put into the session's life.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param note the user's words
 */
public record Marker(long session, long sequence, long nanos, String note) implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onMarker(this);
    }
}
