package org.pgreel.recorder.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.Recorder;

/**
 * Listens for clients, connects each to the server upstream and records what they say to each other.
 *
 * <p>Bytes are forwarded exactly as they came, after they were journaled, on whichever legs TLS is wanted. An end is
 * forwarded as the same kind of end, behind the bytes before it; a side that reads slowly slows the other. A CancelRequest
 * is recorded in the session whose key it carries. Nothing that is said can stop the proxy, and decoding cannot alter what
 * is passed on: after the start-up phase nothing is decoded.
 *
 * <p>Safe for use by many threads. The recorder's journal is the caller's to close, after the proxy.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
public final class RecordingProxy implements AutoCloseable {

    private static final int CONNECTIONS_WAITING_MAX = 1024;

    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final Channel listener;
    private final @Nullable UnixSocket socket;
    private final FlightRecording flightRecording;
    private boolean closed;

    private RecordingProxy(EventLoopGroup loops, ProxyContext context, Channel listener, @Nullable UnixSocket socket) {
        this.loops = loops;
        this.context = context;
        this.listener = listener;
        this.socket = socket;
        this.flightRecording = FlightRecording.of(this);
    }

    static RecordingProxy start(
            Recorder recorder, ProxySettings settings, String host, int port, @Nullable Path unix, int threads)
            throws IOException {
        ProxyContext context = new ProxyContext(recorder, settings);
        EventLoopGroup loops = newLoops(threads);
        ServerBootstrap bootstrap = new ServerBootstrap().group(loops).childHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel client) {
                Sockets.configure(client.config());
                client.pipeline().addLast(new GreetingHandler(context));
            }
        });
        try {
            Channel listener = listen(bootstrap.clone(), host, port);
            UnixSocket socket = unix == null ? null : UnixSocket.listen(bootstrap, file(unix, listener));
            return new RecordingProxy(loops, context, listener, socket);
        } catch (IOException refused) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            context.workers().shutdown();
            throw refused;
        }
    }

    private static Channel listen(ServerBootstrap bootstrap, String host, int port) throws IOException {
        ChannelFuture bound = bootstrap
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, CONNECTIONS_WAITING_MAX)
                .option(ChannelOption.SO_REUSEADDR, true)
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + host + ":" + port + ": " + ProxyContext.reason(bound.cause()) + ".",
                    bound.cause());
        }
        return bound.channel();
    }

    private static Path file(Path unix, Channel listener) {
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        return Files.isDirectory(unix) ? UnixSocket.in(unix, port) : unix;
    }

    @SuppressWarnings("deprecation") // Netty 4.2 deprecates the only event loops that Netty 4.1 has too.
    private static EventLoopGroup newLoops(int threads) {
        return new NioEventLoopGroup(threads, new DefaultThreadFactory("pgreel-proxy", true));
    }

    /**
     * Begins to describe a proxy.
     *
     * @param recorder what records the sessions
     * @param upstreamHost the server's host; or the directory of its Unix domain socket, which begins with a slash
     * @param upstreamPort the server's port
     */
    public static RecordingProxyBuilder builder(Recorder recorder, String upstreamHost, int upstreamPort) {
        return new RecordingProxyBuilder(recorder, upstreamHost, upstreamPort);
    }

    /** Returns where it listens, with the port that was given to it. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Returns how many connections are being forwarded now. */
    public int liveConnections() {
        return context.connections().size();
    }

    /** Returns what it has done since it started. */
    public ProxyStatistics statistics() {
        return context.counters().statistics(context.forwarded());
    }

    /**
     * Stops: accepts nobody any more, gives sessions the time to end that {@link ProxyLimits#drain} says, resets the others,
     * and returns when every session has its end in the journal. Does nothing when called again.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        listener.close().syncUninterruptibly();
        if (socket != null) {
            socket.close(context::problem);
        }
        context.awaitNoConnection(Duration.ofMillis(context.limits().drainMillis()));
        for (ProxiedConnection connection : context.connections()) {
            connection.stop();
        }
        context.awaitNoConnection(Duration.ofSeconds(10));
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        context.workers().shutdown();
        flightRecording.end();
    }
}
