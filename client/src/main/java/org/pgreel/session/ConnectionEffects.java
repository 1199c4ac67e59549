package org.pgreel.session;

/** What the core asks of one connection; called from the session's owner only. */
public interface ConnectionEffects {

    /**
     * Appends bytes to what goes to the server; they may wait for {@link #flush}.
     *
     * @param buffer the array that holds them; valid only during this call, because the core uses it again
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void write(byte[] buffer, int from, int to);

    /** Sends what was written. */
    void flush();

    /**
     * Begins the TLS handshake on this connection; answered by {@link ConnectionInputs#tlsEstablished} or
     * {@link ConnectionInputs#tlsFailed}. Nothing that was received before may reach the TLS session: the core has already
     * refused bytes behind the server's {@code S}.
     */
    void startTls();

    /** Closes the connection in order: what was written is sent, then the stream ends. No input is needed after it. */
    void close();

    /** Closes the connection at once; what was written may be lost. No input is needed after it. */
    void abort();
}
