package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.startup;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.pgreel.recorder.certificate.MadeCertificate;

/** Bare sockets with TLS, for both ends of a proxy in tests. */
final class TlsSockets {

    static final byte[] SSL_REQUEST = startup(80877103);

    private TlsSockets() {}

    /** Asks for TLS as libpq does, and gets it. */
    static SSLSocket asked(Socket plain, String... versions) throws IOException, GeneralSecurityException {
        ProxyBetweenSockets.send(plain, SSL_REQUEST);
        assertThat(ProxyBetweenSockets.receive(plain, 1)).isEqualTo(bytes("S"));
        return shaken(plain, versions, "postgresql");
    }

    /** Begins TLS at once, with that offer of protocols. */
    static SSLSocket direct(Socket plain, String... protocols) throws IOException, GeneralSecurityException {
        return shaken(plain, new String[0], protocols);
    }

    private static SSLSocket shaken(Socket plain, String[] versions, String... protocols)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", 1, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        if (versions.length > 0) {
            parameters.setProtocols(versions);
        }
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** Lets a client have TLS, as a server does that was asked for it. */
    static SSLSocket granted(Socket plain, MadeCertificate own) throws IOException, GeneralSecurityException {
        assertThat(ProxyBetweenSockets.receive(plain, SSL_REQUEST.length)).isEqualTo(SSL_REQUEST);
        ProxyBetweenSockets.send(plain, bytes("S"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(new java.security.cert.Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        return tls;
    }

    /** Writes a certificate and its key as PEM. */
    static void write(MadeCertificate made, Path certificate, Path key) throws IOException, GeneralSecurityException {
        Files.writeString(certificate, pem("CERTIFICATE", made.chain().get(0).getEncoded()), StandardCharsets.US_ASCII);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pem("PRIVATE KEY", made.key().getEncoded()), StandardCharsets.US_ASCII);
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
