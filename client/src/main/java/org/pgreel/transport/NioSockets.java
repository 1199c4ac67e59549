package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import jdk.net.ExtendedSocketOptions;
import org.pgreel.client.Keepalive;

/** The sockets of the Java runtime: they work everywhere; Unix domain sockets need Netty 4.2. */
final class NioSockets implements SocketKind {
    private static final String UNIX_CHANNEL = "io.netty.channel.socket.nio.NioDomainSocketChannel";

    @Override
    public String name() {
        return "nio";
    }

    @Override
    @SuppressWarnings("deprecation") // Deprecated by Netty 4.2, which has the other kind; Netty 4.1 has only this one.
    public EventLoopGroup newEventLoops(int count, ThreadFactory threads) {
        Optional<EventLoopGroup> loops =
                IoHandlerLoops.start(count, threads, "io.netty.channel.nio.NioIoHandler", NioSockets.class);
        return loops.orElseGet(() -> new NioEventLoopGroup(count, threads));
    }

    @Override
    public Map<ChannelOption<Integer>, Integer> keepalive(Keepalive wanted) {
        Map<ChannelOption<Integer>, Integer> options = new LinkedHashMap<>();
        put(
                options,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                wanted.idle().toSeconds());
        put(
                options,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                wanted.interval().toSeconds());
        put(options, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), wanted.count());
        options.values().removeIf(value -> value == 0);
        return options;
    }

    private static void put(Map<ChannelOption<Integer>, Integer> options, ChannelOption<Integer> option, long value) {
        options.put(option, Math.toIntExact(value));
    }

    @Override
    public Class<? extends Channel> tcpChannel() {
        return NioSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> unixChannel() {
        try {
            return Class.forName(UNIX_CHANNEL, true, NioSockets.class.getClassLoader())
                    .asSubclass(Channel.class);
        } catch (ClassNotFoundException netty41) {
            throw new UnsupportedOperationException(
                    "a Unix domain socket needs Netty 4.2, or on Linux io.netty:netty-transport-native-epoll"
                            + " with the classifier of this machine on the class path",
                    netty41);
        }
    }

    @Override
    public SocketAddress unixAddress(Path socket) {
        return UnixDomainSocketAddress.of(socket);
    }
}
