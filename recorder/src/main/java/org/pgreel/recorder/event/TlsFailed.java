package org.pgreel.recorder.event;

/**
 * The TLS handshake of a connection failed.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param connection the ordinal of the connection within the session, from 1
 * @param kind what failed, in one or two words
 */
public record TlsFailed(long session, long sequence, long nanos, int connection, String kind) implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onTlsFailed(this);
    }
}
