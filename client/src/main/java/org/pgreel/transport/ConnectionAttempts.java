package org.pgreel.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Keepalive;
import org.pgreel.client.LoadBalanceHosts;
import org.pgreel.client.ServerAddress;
import org.pgreel.session.ConnectFailure;

/**
 * Finds the addresses of one server and tries them one after the other until a connection comes up; confined to the
 * event loop. The connect timer of the session bounds the whole; where there are several addresses each gets its share
 * of that time, so that one that does not answer cannot eat it all.
 */
final class ConnectionAttempts {
    /** Of up to 64 KiB each, before the other sessions of the loop have their turn; Netty's own limit is 16. */
    private static final int READS_PER_TURN_MAX = 4;

    private final Transport transport;
    private final EventLoop loop;
    private final ConnectOptions options;
    private BiConsumer<String, Throwable> addressFailed = (address, cause) -> {};
    private final Function<Channel, ChannelHandler> handlers;
    private final BiConsumer<ConnectFailure, Throwable> failed;
    private @Nullable Channel connecting;
    /** Volatile because the resolver's thread asks before it begins. */
    private volatile boolean abandoned;

    /**
     * Prepares the attempts.
     *
     * @param handlers makes the handler of each attempt's channel, which tells of a success
     * @param failed called once, on the event loop, when the last attempt has failed; not after {@link #abandon}
     */
    ConnectionAttempts(
            Transport transport,
            EventLoop loop,
            ConnectOptions options,
            Function<Channel, ChannelHandler> handlers,
            BiConsumer<ConnectFailure, Throwable> failed) {
        this.transport = transport;
        this.loop = loop;
        this.options = options;
        this.handlers = handlers;
        this.failed = failed;
    }

    /**
     * Begins.
     *
     * @param address the server
     * @param addressFailed called on the event loop with each address that failed and is followed by another one
     */
    void start(ServerAddress address, BiConsumer<String, Throwable> addressFailed) {
        this.addressFailed = addressFailed;
        if (address instanceof ServerAddress.UnixSocket unix) {
            tryUnixSocket(unix);
        } else if (address instanceof ServerAddress.Tcp tcp) {
            resolve(tcp);
        }
    }

    /** Tries the very address to which a connection is up, of the same kind. */
    void startAgain(Channel like) {
        SocketAddress target = like.remoteAddress();
        if (target == null) {
            fail(ConnectFailure.TCP, new ClosedChannelException());
        } else {
            attempt(like.getClass(), List.of(target), 0, null);
        }
    }

    /** Gives up: no further attempt is made, and the one under way ends. */
    void abandon() {
        abandoned = true;
        if (connecting != null) {
            Future<?> unused = connecting.close();
        }
    }

    private void tryUnixSocket(ServerAddress.UnixSocket unix) {
        Class<? extends Channel> type;
        SocketAddress target;
        try {
            type = transport.sockets().unixChannel();
            target = transport.sockets().unixAddress(unix.path());
        } catch (UnsupportedOperationException unavailable) {
            fail(ConnectFailure.TCP, unavailable);
            return;
        }
        attempt(type, List.of(target), 0, null);
    }

    private void resolve(ServerAddress.Tcp tcp) {
        try {
            String host = tcp.hostAddress() == null ? tcp.host() : tcp.hostAddress();
            transport.names().resolve(host, () -> abandoned, (addresses, unknown) -> {
                onLoop(() -> {
                    if (addresses == null) {
                        fail(ConnectFailure.DNS, unknown == null ? new AssertionError("no answer") : unknown);
                        return;
                    }
                    List<InetSocketAddress> targets = new ArrayList<>();
                    addresses.forEach(found -> targets.add(new InetSocketAddress(found, tcp.port())));
                    if (options.loadBalanceHosts() == LoadBalanceHosts.RANDOM) {
                        Collections.shuffle(targets, ThreadLocalRandom.current());
                    }
                    attempt(transport.sockets().tcpChannel(), targets, 0, null);
                });
            });
        } catch (RejectedExecutionException clientIsClosed) {
            fail(ConnectFailure.DNS, clientIsClosed);
        }
    }

    private void attempt(
            Class<? extends Channel> type,
            List<? extends SocketAddress> targets,
            int index,
            @Nullable Throwable first) {
        if (abandoned) {
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, share(targets.size()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        // Netty's Unix sockets of the Java runtime do not know half-closed connections.
                        boolean unused = opened.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                        opened.config()
                                .setRecvByteBufAllocator(
                                        new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_PER_TURN_MAX));
                        opened.pipeline().addLast(handlers.apply(opened));
                    }
                });
        if (targets.get(index) instanceof InetSocketAddress) {
            Keepalive keepalive = options.keepalive();
            bootstrap
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, keepalive.keepalives());
            transport.sockets().keepalive(keepalive).forEach(bootstrap::option);
        }
        ChannelFuture outcome = bootstrap.connect(targets.get(index));
        // Done already means that there is no channel to close: it could not even be created.
        connecting = outcome.isDone() ? null : outcome.channel();
        outcome.addListener(done -> {
            Runnable next = () -> {
                connecting = null;
                if (done.isSuccess() || abandoned) {
                    return;
                }
                Throwable cause = first == null ? done.cause() : first;
                if (index + 1 < targets.size()) {
                    addressFailed.accept(numeric(targets.get(index)), done.cause());
                    if (abandoned) {
                        return;
                    }
                    attempt(type, targets, index + 1, cause);
                } else {
                    fail(ConnectFailure.TCP, cause);
                }
            };
            // Where the channel could not be created, Netty tells of it on a thread of its own.
            if (loop.inEventLoop()) {
                next.run();
            } else {
                onLoop(next);
            }
        });
    }

    /** Returns the milliseconds for one of {@code count} addresses; 0 leaves the bound to the session's own timer. */
    private int share(int count) {
        return count == 1
                ? 0
                : (int) Math.max(
                        1, Math.min(Integer.MAX_VALUE, options.attemptTimeout().toMillis() / count));
    }

    private static String numeric(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : address.toString();
    }

    private void fail(ConnectFailure kind, Throwable cause) {
        if (!abandoned) {
            abandoned = true;
            failed.accept(kind, cause);
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopIsGone) {
            abandoned = true;
        }
    }
}
