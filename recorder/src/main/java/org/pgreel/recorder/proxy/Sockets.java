package org.pgreel.recorder.proxy;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;

/**
 * How the sockets of both legs are set up. What a connection may keep in memory follows from it: for each direction what
 * one read brings and what may wait to be written, a few times 32 KiB in all.
 */
final class Sockets {

    private static final int READ_BYTES_MIN = 512;
    private static final int READ_BYTES = 4 * 1024;
    static final int READ_BYTES_MAX = 32 * 1024;
    private static final int WAITING_BYTES_LOW = 16 * 1024;
    static final int WAITING_BYTES_HIGH = 32 * 1024;

    private Sockets() {}

    static void configure(ChannelConfig config) {
        if (config instanceof SocketChannelConfig tcp) {
            tcp.setTcpNoDelay(true);
            tcp.setKeepAlive(true);
        }
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        config.setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES, READ_BYTES_MAX));
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(WAITING_BYTES_LOW, WAITING_BYTES_HIGH));
    }
}
