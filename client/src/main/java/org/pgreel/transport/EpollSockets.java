package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.pgreel.client.Keepalive;

/** Linux's epoll through Netty's native library, an optional dependency: faster, and with Unix domain sockets. */
final class EpollSockets implements SocketKind {
    /** Tells whether the library is on the class path and loads on this machine. */
    static boolean present() {
        try {
            Class.forName("io.netty.channel.epoll.Epoll", false, EpollSockets.class.getClassLoader());
            return Available.NOW;
        } catch (ClassNotFoundException notOnTheClassPath) {
            return false;
        }
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    @SuppressWarnings("deprecation") // Deprecated by Netty 4.2, which has the other kind; Netty 4.1 has only this one.
    public EventLoopGroup newEventLoops(int count, ThreadFactory threads) {
        Optional<EventLoopGroup> loops =
                IoHandlerLoops.start(count, threads, "io.netty.channel.epoll.EpollIoHandler", EpollSockets.class);
        return loops.orElseGet(() -> new EpollEventLoopGroup(count, threads));
    }

    @Override
    public Map<ChannelOption<Integer>, Integer> keepalive(Keepalive wanted) {
        Map<ChannelOption<Integer>, Integer> options = new LinkedHashMap<>();
        put(options, EpollChannelOption.TCP_KEEPIDLE, wanted.idle().toSeconds());
        put(options, EpollChannelOption.TCP_KEEPINTVL, wanted.interval().toSeconds());
        put(options, EpollChannelOption.TCP_KEEPCNT, wanted.count());
        put(options, EpollChannelOption.TCP_USER_TIMEOUT, wanted.userTimeout().toMillis());
        options.values().removeIf(value -> value == 0);
        return options;
    }

    private static void put(Map<ChannelOption<Integer>, Integer> options, ChannelOption<Integer> option, long value) {
        options.put(option, Math.toIntExact(value));
    }

    @Override
    public Class<? extends Channel> tcpChannel() {
        return EpollSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> unixChannel() {
        return EpollDomainSocketChannel.class;
    }

    @Override
    public SocketAddress unixAddress(Path socket) {
        return new DomainSocketAddress(socket.toString());
    }

    /** Loaded only when Netty's epoll classes are present. */
    private static final class Available {
        static final boolean NOW = Epoll.isAvailable();

        private Available() {}
    }
}
