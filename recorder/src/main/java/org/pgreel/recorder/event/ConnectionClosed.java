package org.pgreel.recorder.event;

import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * A connection of the session ended.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param connection the ordinal of the connection within the session, from 1
 * @param how how it ended
 * @param by who ended it
 */
public record ConnectionClosed(long session, long sequence, long nanos, int connection, EndKind how, By by)
        implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onConnectionClosed(this);
    }
}
