package org.pgreel.transport;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client's and a server's TLS engine that shake hands in memory, without a socket. */
public final class EnginePair {
    private static final int ROUNDS_MAX = 100;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);

    EnginePair(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** Makes a server's context; with {@code clientAuthority} it trusts that authority's clients. */
    public static SSLContext context(String name, @Nullable Path clientAuthority) throws Exception {
        KeyManager key = new ServerKey(
                PemFile.read(Certificates.file(name + ".crt")).certificates(),
                PemFile.read(Certificates.file(name + ".key")).privateKey(null));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        if (clientAuthority != null) {
            for (X509Certificate root : PemFile.read(clientAuthority).certificates()) {
                roots.setCertificateEntry("root", root);
            }
        }
        TrustManager[] trusted = null;
        if (clientAuthority != null) {
            trust.init(roots);
            trusted = trust.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {key}, trusted, null);
        return context;
    }

    /** Makes a server's engine; with {@code clientAuthority} it demands a certificate of the client. */
    static SSLEngine server(String name, @Nullable Path clientAuthority, String... protocols) throws Exception {
        SSLEngine engine = context(name, clientAuthority).createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(clientAuthority != null);
        if (protocols.length > 0) {
            engine.setEnabledProtocols(protocols);
        }
        return engine;
    }

    /** Shakes hands; throws what the client's engine throws, or else what the server's does. */
    void shakeHands() throws SSLException {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
            if (done(client) && done(server) && toServer.position() == 0 && toClient.position() == 0) {
                return;
            }
        }
        throw new AssertionError("the handshake does not end");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(1 << 16);
        in.flip();
        try {
            while (true) {
                int before = in.remaining();
                engine.unwrap(in, plain);
                runTasks(engine);
                if (in.remaining() == before) {
                    break;
                }
            }
        } finally {
            in.compact();
        }
        while (engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0) {
            runTasks(engine);
        }
    }

    private static void runTasks(SSLEngine engine) {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }
}
