package org.pgreel.recorder.event;

/**
 * The TLS handshake of a connection is done; its chunks are plaintext from here on.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param connection the ordinal of the connection within the session, from 1
 * @param protocol the TLS version, such as {@code TLSv1.3}
 * @param cipher the cipher suite
 */
public record TlsEstablished(long session, long sequence, long nanos, int connection, String protocol, String cipher)
        implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onTlsEstablished(this);
    }
}
