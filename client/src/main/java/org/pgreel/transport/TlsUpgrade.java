package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.session.TlsSession;

/**
 * Puts TLS under a connection whose server has just said {@code S}, or which begins with it; confined to the event loop.
 *
 * <p>The engine is made on another thread, so a moment passes before it stands in the pipeline. The connection does not
 * read meanwhile; what arrives nevertheless was not protected and is refused (CVE-2021-23222).
 */
public final class TlsUpgrade {
    private final Channel channel;
    private final EventLoop loop;
    private final Executor workers;
    private @Nullable SslHandler handler;
    private boolean over;

    /**
     * Creates an upgrade that has not begun.
     *
     * @param channel the connection
     * @param loop its event loop
     * @param workers make the engine and do the handshake's slow parts
     */
    public TlsUpgrade(Channel channel, EventLoop loop, Executor workers) {
        this.channel = channel;
        this.loop = loop;
        this.workers = workers;
    }

    /**
     * Makes the engine and begins the handshake; its end is told by the pipeline.
     *
     * @param engine makes the engine; called on a worker's thread
     * @param failed called on the event loop if it could not begin, for whatever reason
     */
    public void begin(Callable<SSLEngine> engine, Consumer<Throwable> failed) {
        channel.config().setAutoRead(false);
        try {
            workers.execute(() -> {
                SSLEngine made;
                try {
                    made = engine.call();
                } catch (Throwable failure) {
                    onLoop(() -> failed.accept(failure));
                    return;
                }
                onLoop(() -> {
                    try {
                        insert(made);
                    } catch (Throwable failure) {
                        failed.accept(failure);
                    }
                });
            });
        } catch (RejectedExecutionException clientIsClosed) {
            failed.accept(clientIsClosed);
        }
    }

    /** Tells whether the handshake has not come to an end, good or bad. */
    boolean underWay() {
        return !over;
    }

    /** Notes that the handshake came to an end. */
    void end() {
        over = true;
    }

    /** Returns the handler in the pipeline if the handshake is done; null while it is under way. */
    @Nullable
    SslHandler established() {
        return over ? handler : null;
    }

    /** Returns what the handshake agreed on; to be called after it succeeded. */
    public TlsSession agreed() {
        SslHandler tls = handler;
        if (tls == null) {
            throw new AssertionError("no TLS handler after a handshake; please report this");
        }
        SSLSession session = tls.engine().getSession();
        String chosen = tls.engine().getApplicationProtocol();
        return new TlsSession(
                session.getProtocol(),
                session.getCipherSuite(),
                endPointHash(session),
                chosen == null ? "" : chosen,
                session.getLocalCertificates() != null);
    }

    private void insert(SSLEngine engine) {
        if (over || !channel.isActive()) {
            return;
        }
        SslHandler tls = new SslHandler(engine, workers);
        // The session's connect timer bounds the handshake together with all the rest.
        tls.setHandshakeTimeoutMillis(0);
        handler = tls;
        channel.pipeline().addFirst(tls);
        // The handler does not begin a handshake that has begun, so it is told to send the ClientHello that lies ready.
        channel.flush();
        channel.config().setAutoRead(true);
    }

    private static @Nullable Bytes endPointHash(SSLSession session) {
        try {
            Certificate server = session.getPeerCertificates()[0];
            if (server instanceof X509Certificate certificate) {
                Optional<byte[]> hash = TlsServerEndPoint.of(certificate);
                return hash.isPresent() ? Bytes.wrap(hash.get()) : null;
            }
            return null;
        } catch (SSLPeerUnverifiedException | GeneralSecurityException undefined) {
            return null;
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopIsGone) {
            over = true;
        }
    }
}
