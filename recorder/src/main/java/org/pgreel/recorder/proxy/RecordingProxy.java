package org.pgreel.recorder.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;

/**
 * Listens for clients, connects each to the server upstream and records what they say to each other.
 *
 * <p>Bytes are forwarded exactly as they came, after they were journaled; a client's leg is plaintext (SSLRequest and
 * GSSENCRequest are answered {@code N}). An end is forwarded as the same kind of end, behind the bytes before it; a side
 * that reads slowly slows the other. A CancelRequest is recorded in the session whose key it carries. Nothing that is
 * said can stop the proxy, and decoding cannot alter what is passed on, because nothing is decoded.
 *
 * <p>Safe for use by many threads. The recorder's journal is the caller's to close, after the proxy.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
public final class RecordingProxy implements AutoCloseable {

    private static final int CONNECTIONS_WAITING_MAX = 1024;

    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final Channel listener;
    private boolean closed;

    private RecordingProxy(EventLoopGroup loops, ProxyContext context, Channel listener) {
        this.loops = loops;
        this.context = context;
        this.listener = listener;
    }

    /**
     * Begins to describe a proxy.
     *
     * @param recorder what records the sessions
     * @param upstreamHost the server's host
     * @param upstreamPort the server's port
     */
    public static Builder builder(Recorder recorder, String upstreamHost, int upstreamPort) {
        return new Builder(recorder, upstreamHost, upstreamPort);
    }

    /** Returns where it listens, with the port that was given to it. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Returns how many connections are being forwarded now. */
    public int liveConnections() {
        return context.connections().size();
    }

    /**
     * Stops: accepts nobody any more, gives connections that are about to end a moment to do so, closes the others, and
     * returns when every session has its end in the journal. Does nothing when called again.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        listener.close().syncUninterruptibly();
        context.awaitNoConnection(Duration.ofMillis(300));
        for (ProxiedConnection connection : context.connections()) {
            connection.stop();
        }
        context.awaitNoConnection(Duration.ofSeconds(10));
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Describes a proxy. Not safe for use by several threads. */
    public static final class Builder {

        private final Recorder recorder;
        private final String upstreamHost;
        private final int upstreamPort;
        private String host = "127.0.0.1";
        private int port;
        private SslMode upstreamSslMode = SslMode.PREFER;
        private Consumer<String> problems = problem -> {};
        private ProxyLimits limits = ProxyLimits.DEFAULTS;
        private int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

        Builder(Recorder recorder, String upstreamHost, int upstreamPort) {
            this.recorder = recorder;
            this.upstreamHost = upstreamHost;
            this.upstreamPort = upstreamPort;
        }

        /**
         * Says where to listen; a free port of the loopback address unless told otherwise.
         *
         * @param listenHost the address
         * @param listenPort the port; 0 for any that is free
         */
        public Builder listen(String listenHost, int listenPort) {
            host = listenHost;
            port = listenPort;
            return this;
        }

        /**
         * Says whether the leg to the server is encrypted; {@code prefer} unless told otherwise.
         *
         * @param mode disable, prefer or require; certificates are not checked yet, so the others are refused
         */
        public Builder upstreamSslMode(SslMode mode) {
            if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
                throw new IllegalArgumentException("The proxy does not check the server's certificate yet, so "
                        + mode.word() + " is refused; use require, or disable on a trusted network.");
            }
            upstreamSslMode = mode;
            return this;
        }

        /**
         * Says who hears of problems that do not stop the proxy, such as a server that cannot be reached.
         *
         * @param listener told one sentence a problem, from any thread
         */
        public Builder onProblem(Consumer<String> listener) {
            problems = listener;
            return this;
        }

        /**
         * Says how long a side that takes nothing of what the other had said keeps its connection open once that has
         * ended; 30 seconds unless told otherwise. Then it is reset. A side that is slow, but takes some, is waited for.
         *
         * @param limit at least 1 ms, at most 2<sup>31</sup> − 1
         */
        public Builder lastBytesLimit(Duration limit) {
            long millis = limit.toMillis();
            if (millis < 1 || millis > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "lastBytesLimit must be from 1 ms to " + Integer.MAX_VALUE + " ms and is " + limit + ".");
            }
            limits = limits.withLastBytesMillis((int) millis);
            return this;
        }

        /**
         * Says how many event loops share the connections; as many as there are processors, at most 4, by default.
         *
         * @param count at least 1
         */
        public Builder threads(int count) {
            threads = count;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IOException if the address cannot be listened on; the message says why
         */
        public RecordingProxy start() throws IOException {
            ProxyContext context =
                    new ProxyContext(recorder, upstreamHost, upstreamPort, upstreamSslMode, problems, limits);
            EventLoopGroup loops = newLoops(threads);
            ChannelFuture bound = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, CONNECTIONS_WAITING_MAX)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel client) {
                            client.pipeline().addLast(new GreetingHandler(context));
                        }
                    })
                    .bind(host, port)
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                throw new IOException(
                        "Cannot listen on " + host + ":" + port + ": " + ProxyContext.reason(bound.cause()) + ".",
                        bound.cause());
            }
            return new RecordingProxy(loops, context, bound.channel());
        }

        @SuppressWarnings("deprecation") // Netty 4.2 deprecates the only event loops that Netty 4.1 has too.
        private static EventLoopGroup newLoops(int threads) {
            return new NioEventLoopGroup(threads, new DefaultThreadFactory("pgreel-proxy", true));
        }
    }
}
