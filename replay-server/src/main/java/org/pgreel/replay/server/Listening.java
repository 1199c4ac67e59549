package org.pgreel.replay.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.PlayedServer;

/** The socket of a played server. Its listener and all its clients are on one event loop, since they share a thread. */
final class Listening {
    private static final long CLOSE_SECONDS = 10;
    private static final long TURN_MILLIS = 1;

    private final ServerLoop loop;
    private final boolean ownLoop;
    private final Channel listener;
    private final ChannelGroup clients;
    private final @Nullable TlsIdentity tls;
    private final PlayedServer played;
    private final AtomicBoolean came;
    private @Nullable UnixListener unix;

    private Listening(
            ServerLoop loop,
            boolean ownLoop,
            Channel listener,
            ChannelGroup clients,
            AtomicBoolean came,
            @Nullable TlsIdentity tls,
            PlayedServer played) {
        this.played = played;
        this.came = came;
        this.loop = loop;
        this.ownLoop = ownLoop;
        this.listener = listener;
        this.clients = clients;
        this.tls = tls;
    }

    /**
     * Starts to listen, on an event loop of its own.
     *
     * @param port 0 for a free one
     * @param played answers the clients
     * @param tls what it shows in a handshake; null without TLS
     * @throws IOException if the port is in use
     */
    static Listening start(String host, int port, PlayedServer played, @Nullable TlsIdentity tls) throws IOException {
        ServerLoop loop = ServerLoop.start();
        try {
            return start(loop, true, host, port, played, tls);
        } catch (IOException inUse) {
            loop.close();
            throw inUse;
        }
    }

    /** Starts to listen on an event loop that others use too, and that outlives this listener. */
    static Listening start(ServerLoop loop, String host, int port, PlayedServer played, @Nullable TlsIdentity tls)
            throws IOException {
        return start(loop, false, host, port, played, tls);
    }

    private static Listening start(
            ServerLoop loop, boolean ownLoop, String host, int port, PlayedServer played, @Nullable TlsIdentity tls)
            throws IOException {
        var clients = new DefaultChannelGroup("replay", loop.group().next(), true);
        var came = new AtomicBoolean();
        var bootstrap = bootstrap(loop, played, tls, clients, came)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true);
        var bound = bootstrap.bind(host, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + host + ":" + port + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new Listening(loop, ownLoop, bound.channel(), clients, came, tls, played);
    }

    private static ServerBootstrap bootstrap(
            ServerLoop loop, PlayedServer played, @Nullable TlsIdentity tls, ChannelGroup clients, AtomicBoolean came) {
        return new ServerBootstrap()
                .group(loop.group())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        clients.add(channel);
                        came.set(true);
                        channel.pipeline().addLast(new ClientChannel(played, tls, (DuplexChannel) channel));
                    }
                });
    }

    /**
     * Listens on a Unix domain socket too; where that fails, it listens no more at all.
     *
     * @param socket a file that does not exist yet, or a directory, in which it is named as libpq looks for it
     * @throws IOException if it cannot be made
     */
    void listenOn(Path socket) throws IOException {
        Path file = Files.isDirectory(socket)
                ? socket.resolve(".s.PGSQL." + address().getPort())
                : socket;
        try {
            unix = UnixListener.start(bootstrap(loop, played, tls, clients, came), file);
        } catch (IOException refused) {
            close();
            throw refused;
        }
    }

    /** Tells whether clients came, and all of them are gone; safe from any thread. */
    boolean clientsGone() {
        return came.get() && clients.isEmpty();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    Optional<X509Certificate> authority() {
        return tls == null ? Optional.empty() : Optional.of(tls.authority());
    }

    Optional<X509Certificate> certificate() {
        return tls == null ? Optional.empty() : Optional.of(tls.certificate());
    }

    /**
     * Returns what the question is answered on the event loop, to which the played server is confined.
     *
     * <p>What clients had sent before the question was asked is read first: a task may overtake bytes that wait in a
     * socket, but one that is scheduled from a scheduled one has a whole turn of the loop before it.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Neither of the two is: the inner one is the outer one's value.
    <T> T inLoop(Callable<T> question) {
        var turns = loop.group().next();
        Future<Future<T>> turn =
                turns.schedule(() -> turns.schedule(question, TURN_MILLIS, MILLISECONDS), TURN_MILLIS, MILLISECONDS);
        return turn.syncUninterruptibly().getNow().syncUninterruptibly().getNow();
    }

    /** Ends the connections that are left, and goes on listening. A group that is closed as such takes no more. */
    @SuppressWarnings("FutureReturnValueIgnored") // The end of each comes to its own handler.
    void closeClients() {
        for (Channel client : List.copyOf(clients)) {
            client.close();
        }
    }

    /** Stops listening and ends the connections that are left. */
    void close() {
        listener.close().syncUninterruptibly();
        if (unix != null) {
            unix.close();
        }
        clients.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (ownLoop) {
            loop.close();
        }
    }
}
