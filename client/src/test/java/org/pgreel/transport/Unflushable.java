package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/** Sockets with a defect: sending what was written throws. */
final class Unflushable implements SocketKind {
    private final SocketKind loops = new NioSockets();

    /** Public because Netty creates it by reflection. */
    public static final class Broken extends NioSocketChannel {
        @Override
        public Channel flush() {
            throw new IllegalStateException("a defect");
        }
    }

    @Override
    public String name() {
        return "unflushable";
    }

    @Override
    public EventLoopGroup newEventLoops(int count, ThreadFactory threads) {
        return loops.newEventLoops(count, threads);
    }

    @Override
    public Class<? extends Channel> tcpChannel() {
        return Broken.class;
    }

    @Override
    public Class<? extends Channel> unixChannel() {
        return Broken.class;
    }

    @Override
    public SocketAddress unixAddress(Path socket) {
        return loops.unixAddress(socket);
    }
}
