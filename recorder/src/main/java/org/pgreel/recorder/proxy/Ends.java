package org.pgreel.recorder.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** The ways in which one side's end is made the other side's, behind what was written to it. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class Ends {

    private Ends() {}

    /**
     * Says on a channel that no more will come.
     *
     * @param closeNotify whether TLS says so too, where there is TLS; without, its peer sees a stream that was cut
     */
    static void finish(Channel channel, boolean closeNotify) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null || !closeNotify) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
        } else {
            // The engine encrypts nothing more once it is told, so what waits goes through it first.
            channel.flush();
            tls.closeOutbound().addListener(written -> ((DuplexChannel) channel).shutdownOutput());
        }
    }

    /** Lets the close of a channel, which is to follow, be a reset. */
    static void resetOnClose(@Nullable Channel channel) {
        if (channel != null && channel.isOpen()) {
            // Closing with nothing to linger for is what sends a reset.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    /** Returns whether the close of a channel will be a reset. */
    static boolean resetsOnClose(Channel channel) {
        Integer linger = channel.isOpen() ? channel.config().getOption(ChannelOption.SO_LINGER) : null;
        return linger != null && linger == 0;
    }

    /** Returns whether a channel carries TLS. */
    static boolean encrypted(Channel channel) {
        return channel.pipeline().get(SslHandler.class) != null;
    }
}
