package org.pgreel.recorder.event;

/**
 * An operation completed, well or badly.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param operation the operation's number within the session
 * @param outcome {@code succeeded}, or the kind of failure
 */
public record OperationCompleted(long session, long sequence, long nanos, long operation, String outcome)
        implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onOperationCompleted(this);
    }
}
