package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/** Sockets of a process that has used up its file descriptors: creating one fails. */
final class NoDescriptorsLeft implements SocketKind {
    private final SocketKind loops = new NioSockets();

    /** Public because Netty creates it by reflection. */
    public static final class Refused extends NioSocketChannel {
        public Refused() {
            throw new ChannelException("Too many open files");
        }
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public EventLoopGroup newEventLoops(int count, ThreadFactory threads) {
        return loops.newEventLoops(count, threads);
    }

    @Override
    public Class<? extends Channel> tcpChannel() {
        return Refused.class;
    }

    @Override
    public Class<? extends Channel> unixChannel() {
        return Refused.class;
    }

    @Override
    public SocketAddress unixAddress(Path socket) {
        return loops.unixAddress(socket);
    }
}
