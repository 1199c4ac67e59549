package org.pgreel.recorder.event;

import org.pgreel.protocol.wire.Direction;

/**
 * A fault was put into the conversation on purpose.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param connection the ordinal of the connection within the session, from 1
 * @param direction whose bytes it touched
 * @param offset where, counted in bytes of that direction on that connection
 * @param fault the fault, in the words of the notation
 */
public record FaultInjected(
        long session, long sequence, long nanos, int connection, Direction direction, long offset, String fault)
        implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onFaultInjected(this);
    }
}
