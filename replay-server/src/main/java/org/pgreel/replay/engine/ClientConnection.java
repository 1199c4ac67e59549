package org.pgreel.replay.engine;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** The inputs of one client's connection, which a transport gives. Confined to the thread of its server. */
public interface ClientConnection {
    /**
     * The client's bytes came, after TLS.
     *
     * @param buffer is not kept and not changed
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void received(byte[] buffer, int from, int to);

    /**
     * The client has shown a certificate in its handshake, and it was verified; called before {@link #tlsEstablished}.
     *
     * @param commonName the common name of its subject; "" if it has none
     */
    default void certified(String commonName) {}

    /**
     * TLS is up, after {@link ReplayEffects#startTls()}.
     *
     * @param endPoint the hash of this server's certificate for the channel binding tls-server-end-point (RFC 5929);
     *     null if there is none
     */
    void tlsEstablished(@Nullable Bytes endPoint);

    /** TLS was started and could not be established; the connection is over. */
    void tlsFailed(String reason);

    /** The client ended its side of the connection. */
    void endOfStream();

    /** The client reset the connection, or it failed. */
    void reset();

    /** The connection takes bytes again, after {@link ReplayEffects#writable()} said that it does not. */
    void writable();

    /** A timer elapsed that was armed and not disarmed. */
    void elapsed(ReplayTimer timer);
}
