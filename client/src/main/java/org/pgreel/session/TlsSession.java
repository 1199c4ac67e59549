package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * What a TLS handshake agreed on.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param cipher the cipher suite
 * @param endPointHash the {@code tls-server-end-point} channel binding of RFC 5929: the hash of the server's
 *     certificate; null if it is not defined for that certificate, and then the login cannot be bound
 * @param applicationProtocol the protocol that the server chose (ALPN); empty if it chose none
 * @param certificateShown whether the server asked for the client's certificate and got it
 */
public record TlsSession(
        String protocol,
        String cipher,
        @Nullable Bytes endPointHash,
        String applicationProtocol,
        boolean certificateShown) {

    /** The protocol's name in ALPN. */
    public static final String POSTGRESQL = "postgresql";

    /** A session in which the server chose {@link #POSTGRESQL} and asked for no certificate. */
    public TlsSession(String protocol, String cipher, @Nullable Bytes endPointHash) {
        this(protocol, cipher, endPointHash, POSTGRESQL, false);
    }
}
