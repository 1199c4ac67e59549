package org.pgreel.replay.server;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.certificate.MadeCertificate;
import org.pgreel.session.TlsSession;
import org.pgreel.transport.PemFile;
import org.pgreel.transport.TlsServerEndPoint;

/**
 * The certificate that a replay server shows, ready for use.
 *
 * @param context makes the engines of its TLS sessions
 * @param certificate the server's own certificate
 * @param authority whom a client must trust to accept it; the certificate itself when it is signed by itself
 * @param endPointHash its hash for channel binding (RFC 5929); null if its kind has none
 */
record TlsIdentity(
        SslContext context,
        X509Certificate certificate,
        X509Certificate authority,
        @Nullable Bytes endPointHash) {

    /** As PostgreSQL since 17: chosen if the client offers it, and nothing is asked of one that offers nothing. */
    private static final ApplicationProtocolConfig POSTGRESQL = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            TlsSession.POSTGRESQL);

    /** Makes a certificate for this server and no other. */
    static TlsIdentity selfSigned() throws IOException {
        return of(ServerCertificate.VALID);
    }

    /** Makes a certificate of that kind for this server and no other. */
    static TlsIdentity of(ServerCertificate kind) throws IOException {
        try {
            MadeCertificate made = switch (kind) {
                case VALID, TLS_1_2, NO_ALPN -> MadeCertificate.forThisHost();
                case EXPIRED -> MadeCertificate.expired();
                case OTHER_HOST -> MadeCertificate.forAnotherHost();
            };
            return of(made.key(), made.chain(), kind);
        } catch (GeneralSecurityException failed) {
            throw new IOException("No certificate could be made: " + failed.getMessage(), failed);
        }
    }

    /** Takes a certificate and its key from PEM files, as {@code ssl_cert_file} and {@code ssl_key_file} name them. */
    static TlsIdentity ofFiles(Path certificates, Path key) throws IOException {
        try {
            return of(
                    PemFile.read(key).privateKey(null),
                    PemFile.read(certificates).certificates(),
                    ServerCertificate.VALID);
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    /**
     * Makes a certificate, or takes one from PEM files, for a server that verifies the certificates of its clients. A client may
     * show none; one that shows another than these have signed gets no TLS.
     *
     * @param certificates the server's own; null for one that is made
     * @param key its key; null for one that is made
     * @param authorities a PEM file of those who may have signed a client's certificate
     */
    static TlsIdentity verifying(@Nullable Path certificates, @Nullable Path key, Path authorities) throws IOException {
        try {
            List<X509Certificate> signers = PemFile.read(authorities).certificates();
            if (certificates != null && key != null) {
                return of(
                        PemFile.read(key).privateKey(null),
                        PemFile.read(certificates).certificates(),
                        ServerCertificate.VALID,
                        signers);
            }
            MadeCertificate made = MadeCertificate.forThisHost();
            return of(made.key(), made.chain(), ServerCertificate.VALID, signers);
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private static TlsIdentity of(PrivateKey key, List<X509Certificate> chain, ServerCertificate kind)
            throws GeneralSecurityException, SSLException {
        return of(key, chain, kind, List.of());
    }

    private static TlsIdentity of(
            PrivateKey key,
            List<X509Certificate> chain,
            ServerCertificate kind,
            List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK);
        if (kind == ServerCertificate.TLS_1_2) {
            builder.protocols("TLSv1.2");
        }
        if (kind != ServerCertificate.NO_ALPN) {
            builder.applicationProtocolConfig(POSTGRESQL);
        }
        if (!clientAuthorities.isEmpty()) {
            builder.trustManager(clientAuthorities.toArray(X509Certificate[]::new))
                    .clientAuth(ClientAuth.OPTIONAL);
        }
        SslContext context = builder.build();
        byte[] hash = TlsServerEndPoint.of(chain.get(0)).orElse(null);
        return new TlsIdentity(
                context, chain.get(0), chain.get(chain.size() - 1), hash == null ? null : Bytes.wrap(hash));
    }
}
