package org.pgreel.recorder.proxy;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.certificate.MadeCertificate;
import org.pgreel.session.TlsSession;
import org.pgreel.transport.PemFile;
import org.pgreel.transport.TlsServerEndPoint;

/**
 * The certificate that a recording proxy shows its clients, which makes it offer TLS. Immutable.
 *
 * <p>With the server's own certificate and key, a login bound to the channel passes through the proxy; with any other
 * it cannot, because the client binds it to what the proxy shows.
 */
public final class ProxyCertificate {

    /** As PostgreSQL since 17: chosen if the client offers it, and nothing is asked of one that offers nothing. */
    private static final ApplicationProtocolConfig POSTGRESQL = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            TlsSession.POSTGRESQL);

    private final SslContext context;
    private final @Nullable Bytes endPointHash;
    private final boolean made;

    private ProxyCertificate(SslContext context, @Nullable Bytes endPointHash, boolean made) {
        this.context = context;
        this.endPointHash = endPointHash;
        this.made = made;
    }

    /**
     * Makes a certificate for this proxy and no other: signed by itself, for {@code localhost} and the loopback addresses.
     *
     * @throws IOException if the runtime cannot make one
     */
    public static ProxyCertificate made() throws IOException {
        try {
            MadeCertificate made = MadeCertificate.forThisHost();
            return of(made.chain(), made.key(), true);
        } catch (GeneralSecurityException failed) {
            throw new IOException("No certificate could be made: " + failed.getMessage(), failed);
        }
    }

    /**
     * Takes a certificate and its key from files, as the server's {@code ssl_cert_file} and {@code ssl_key_file} name them.
     *
     * @param certificates the certificate, its chain behind it, PEM
     * @param key its private key, PEM, not encrypted
     * @throws IOException if a file cannot be read, or holds something else; the message says which and why
     */
    public static ProxyCertificate ofFiles(Path certificates, Path key) throws IOException {
        try {
            return of(
                    PemFile.read(certificates).certificates(), PemFile.read(key).privateKey(null), false);
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private static ProxyCertificate of(List<X509Certificate> chain, PrivateKey key, boolean made)
            throws GeneralSecurityException, IOException {
        SslContext context = SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(POSTGRESQL)
                .build();
        byte[] hash = TlsServerEndPoint.of(chain.get(0)).orElse(null);
        return new ProxyCertificate(context, hash == null ? null : Bytes.wrap(hash), made);
    }

    SslContext context() {
        return context;
    }

    /** Returns what a client binds its login to (RFC 5929); null if that is not defined for this kind of certificate. */
    @Nullable
    Bytes endPointHash() {
        return endPointHash;
    }

    /** Returns whether nobody else can have this certificate. */
    boolean isMade() {
        return made;
    }
}
