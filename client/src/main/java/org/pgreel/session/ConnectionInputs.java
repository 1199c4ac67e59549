package org.pgreel.session;

import org.jspecify.annotations.Nullable;

/**
 * What the world tells the core of one connection: the session's own, or the one that brings a cancel request.
 *
 * <p>All inputs are called by the session's owner, one at a time, or from inside an effect. After the connection is over
 * every input is legal and does nothing.
 */
public interface ConnectionInputs {

    /** The transport is up: TCP or the Unix-domain socket, before any TLS. */
    void connected();

    /**
     * The transport did not come up.
     *
     * @param kind what failed
     * @param cause the failure; null if there is none
     */
    void connectFailed(ConnectFailure kind, @Nullable Throwable cause);

    /**
     * Bytes arrived: raw ones before TLS, plaintext of the TLS session after it.
     *
     * @param buffer the array that holds them; handed over: rows and the tap may keep it, so it is never changed again
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void received(byte[] buffer, int from, int to);

    /**
     * The TLS handshake is done, the server's certificate accepted as the options demand.
     *
     * @param tls what was agreed
     */
    void tlsEstablished(TlsSession tls);

    /**
     * The TLS handshake failed, an end of stream during it included.
     *
     * @param kind what failed
     * @param cause the failure; null if there is none
     */
    void tlsFailed(TlsFailure kind, @Nullable Throwable cause);

    /** The server ended the stream in order; nothing more will arrive. */
    void endOfStream();

    /**
     * The connection was reset or failed; what was under way is lost.
     *
     * @param cause the failure
     */
    void reset(Throwable cause);

    /** The transport takes bytes again. */
    void writable();

    /** The transport holds more unsent bytes than it likes; the core waits until {@link #writable}. */
    void unwritable();
}
