package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.pgreel.client.Keepalive;

/**
 * One way of the platform to do socket I/O: its event loops and the channels that run on them. There are two, those of
 * the Java runtime ({@link NioSockets}) and Linux's epoll ({@link EpollSockets}).
 */
interface SocketKind {
    /** Returns the best kind that works here: epoll if Netty's native library for it is present, else the runtime's. */
    static SocketKind best(boolean nativeAllowed) {
        return nativeAllowed && EpollSockets.present() ? new EpollSockets() : new NioSockets();
    }

    /** Returns a short name for messages: {@code epoll} or {@code nio}. */
    String name();

    /** Starts a group of event loops. */
    EventLoopGroup newEventLoops(int count, ThreadFactory threads);

    /** Returns this kind's options of a TCP connection with their values; what it does not know is left out. */
    default Map<ChannelOption<Integer>, Integer> keepalive(Keepalive wanted) {
        return Map.of();
    }

    /** Returns the channel type of a TCP connection. */
    Class<? extends Channel> tcpChannel();

    /**
     * Returns the channel type of a connection through a Unix domain socket.
     *
     * @throws UnsupportedOperationException if this kind has none; the message says what would help
     */
    Class<? extends Channel> unixChannel();

    /** Returns the address of a Unix domain socket in the form that {@link #unixChannel()} takes. */
    SocketAddress unixAddress(Path socket);
}
