package org.pgreel.recorder.event;

import org.pgreel.tap.CallbackKind;

/**
 * A callback of {@code SessionStatusNotify} was delivered to the application.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param kind which callback
 * @param detail its argument in short, without secrets; empty if it has none
 */
public record CallbackFired(long session, long sequence, long nanos, CallbackKind kind, String detail)
        implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCallbackFired(this);
    }
}
