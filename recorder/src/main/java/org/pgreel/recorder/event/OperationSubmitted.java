package org.pgreel.recorder.event;

/**
 * The application submitted an operation.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param operation the operation's number within the session, from 1
 * @param kind what it is, such as {@code simple-query}; never SQL text
 */
public record OperationSubmitted(long session, long sequence, long nanos, long operation, String kind)
        implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onOperationSubmitted(this);
    }
}
