package org.pgreel.replay.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.ReplayEngine;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ReplayReport;
import org.pgreel.replay.source.PlayableRecording;

/**
 * Plays a recording to any client of PostgreSQL, over TCP.
 *
 * <p>Listens on loopback and a free port unless told otherwise. One event loop serves all clients. Safe for use by
 * several threads; closing it ends the connections that are left.
 *
 * <pre>{@code
 * try (ReplayServer server = ReplayServer.builder(recording).start()) {
 *     runTheClientAgainst(server.host(), server.port());
 *     assert server.report().passed();
 * }
 * }</pre>
 */
public final class ReplayServer implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final EventLoopGroup loop;
    private final Channel listener;
    private final ChannelGroup clients;
    private final ReplayEngine engine;
    private final @Nullable TlsIdentity tls;
    private @Nullable ReplayReport last;

    private ReplayServer(
            EventLoopGroup loop,
            Channel listener,
            ChannelGroup clients,
            ReplayEngine engine,
            @Nullable TlsIdentity tls) {
        this.loop = loop;
        this.listener = listener;
        this.clients = clients;
        this.engine = engine;
        this.tls = tls;
    }

    /** Begins to set up a server for the recording. */
    public static Builder builder(PlayableRecording recording) {
        return new Builder(recording);
    }

    /** Returns the address on which it listens, in numbers. */
    public String host() {
        return address().getAddress().getHostAddress();
    }

    /** Returns the port on which it listens. */
    public int port() {
        return address().getPort();
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Returns the certificate that it shows; empty without TLS. */
    public Optional<X509Certificate> certificate() {
        return tls == null ? Optional.empty() : Optional.of(tls.certificate());
    }

    /** Returns what the replay has come to so far; after {@link #close()} what it had come to then. */
    public synchronized ReplayReport report() {
        if (last != null) {
            return last;
        }
        return loop.submit(engine::report).syncUninterruptibly().getNow();
    }

    /** Stops listening and ends the connections that are left. Has no effect the second time. */
    @Override
    public synchronized void close() {
        if (last != null) {
            return;
        }
        listener.close().syncUninterruptibly();
        last = report();
        clients.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        Future<?> stopped = loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!loop.next().inEventLoop()) {
            stopped.awaitUninterruptibly(2 * CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Sets up a replay server. Not safe for use by several threads. */
    @SuppressWarnings("FutureReturnValueIgnored") // The loop of a server that could not start ends by itself.
    public static final class Builder {
        private final PlayableRecording recording;
        private String host = "127.0.0.1";
        private int port;
        private ReplaySettings settings = ReplaySettings.DEFAULTS;
        private boolean selfSigned;
        private @Nullable Path certificateFile;
        private @Nullable Path keyFile;

        private Builder(PlayableRecording recording) {
            this.recording = recording;
        }

        /** Listens there; port 0 takes a free one. */
        public Builder listen(String newHost, int newPort) {
            host = newHost;
            port = newPort;
            return this;
        }

        /** Plays the recording so; whether TLS is offered is decided by the methods for TLS of this builder. */
        public Builder settings(ReplaySettings newSettings) {
            settings = newSettings;
            return this;
        }

        /** Offers TLS with a certificate that is made now, for {@code localhost} and the loopback addresses. */
        public Builder tls() {
            selfSigned = true;
            return this;
        }

        /**
         * Offers TLS with a certificate and its private key from PEM files.
         *
         * @param certificate the server's certificate, those of its issuers behind it
         * @param key its private key, not encrypted
         */
        public Builder tls(Path certificate, Path key) {
            certificateFile = certificate;
            keyFile = key;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IOException if the port is in use, or a file of TLS cannot be read; the message says which
         * @throws IllegalArgumentException if nothing of the recording may be played under the settings
         */
        public ReplayServer start() throws IOException {
            TlsIdentity tls = identity();
            var engine = new ReplayEngine(recording, settings.withTls(tls != null), Builder::random);
            EventLoopGroup loop = newLoop();
            var clients = new DefaultChannelGroup("replay", loop.next(), true);
            var bootstrap = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            clients.add(channel);
                            channel.pipeline().addLast(new ClientChannel(engine, tls, channel));
                        }
                    });
            var bound = bootstrap.bind(host, port).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
                throw new IOException(
                        "Cannot listen on " + host + ":" + port + ": "
                                + bound.cause().getMessage(),
                        bound.cause());
            }
            return new ReplayServer(loop, bound.channel(), clients, engine, tls);
        }

        private @Nullable TlsIdentity identity() throws IOException {
            if (certificateFile != null && keyFile != null) {
                return TlsIdentity.ofFiles(certificateFile, keyFile);
            }
            return selfSigned ? TlsIdentity.selfSigned() : null;
        }

        @SuppressWarnings("deprecation") // Netty 4.2 deprecates the only event loop that Netty 4.1 has too.
        private static EventLoopGroup newLoop() {
            return new NioEventLoopGroup(1, new DaemonThreads());
        }

        private static byte[] random(int count) {
            byte[] bytes = new byte[count];
            Randomness.SECURE.nextBytes(bytes);
            return bytes;
        }
    }

    /** Seeded when the first server starts. */
    private static final class Randomness {
        static final SecureRandom SECURE = new SecureRandom();
    }

    /** The event loop's thread does not keep the program alive. */
    private static final class DaemonThreads implements java.util.concurrent.ThreadFactory {
        @Override
        public Thread newThread(Runnable task) {
            var thread = new Thread(task, "pgreel-replay");
            thread.setDaemon(true);
            return thread;
        }
    }
}
