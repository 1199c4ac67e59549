package org.pgreel.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.TlsOptions;
import org.pgreel.session.TlsSession;

/**
 * Makes the client's TLS engines, on the provider of the Java runtime: TLS 1.2 or newer, trust as the {@code sslmode}
 * ladder asks.
 *
 * <p>All of it may block (files) and is slow when the runtime is cold, so it is never called on an event loop.
 */
public final class TlsEngines {
    private static final String[] APPLICATION_PROTOCOLS = {TlsSession.POSTGRESQL};

    private TlsEngines() {}

    /**
     * Makes an engine that has already begun its handshake, for a connection whose server the recorder's proxy speaks to.
     *
     * @param tls what is asked of TLS; its files are read now
     * @param host the host the user asked for, which {@code verify-full} compares with the certificate
     * @param port the server's port
     * @throws GeneralSecurityException if a certificate or a key cannot be used
     * @throws IOException if a file cannot be read
     */
    public static SSLEngine begin(TlsOptions tls, String host, int port) throws GeneralSecurityException, IOException {
        return begin(TlsSettings.of(tls), host, port);
    }

    /**
     * Makes an engine that has already begun its handshake: the ClientHello lies ready in it.
     *
     * @param host the host the user asked for, which {@code verify-full} compares with the certificate; not a resolved
     *     address, unless the user gave one
     */
    static SSLEngine begin(TlsSettings settings, String host, int port) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(settings), trustManagers(settings), null);
        SSLEngine engine = context.createSSLEngine(unbracketed(host), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(settings.protocols().toArray(String[]::new));
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        if (!settings.serverNameIndicated()) {
            parameters.setServerNames(List.of());
        }
        parameters.setEndpointIdentificationAlgorithm(settings.trust() == TlsTrust.CHAIN_AND_HOST ? "HTTPS" : "");
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        return engine;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static KeyManager @Nullable [] keyManagers(TlsSettings settings)
            throws GeneralSecurityException, IOException {
        if (settings.certificate() == null || settings.key() == null) {
            return null;
        }
        List<X509Certificate> chain = PemFile.read(settings.certificate()).certificates();
        KeyFile.requirePrivate(settings.key());
        return new KeyManager[] {
            new ClientKey(chain, PemFile.read(settings.key()).privateKey(settings.keyPassword()))
        };
    }

    private static TrustManager[] trustManagers(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.trust() == TlsTrust.ANY_CERTIFICATE) {
            return new TrustManager[] {new AnyCertificate()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots(settings));
        return settings.revocationLists().isEmpty()
                ? factory.getTrustManagers()
                : RevocationLists.read(settings.revocationLists()).trusting(factory.getTrustManagers());
    }

    private static @Nullable KeyStore roots(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.rootCertificates() == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (X509Certificate root : PemFile.read(settings.rootCertificates()).certificates()) {
            store.setCertificateEntry("root-" + number++, root);
        }
        return store;
    }
}
