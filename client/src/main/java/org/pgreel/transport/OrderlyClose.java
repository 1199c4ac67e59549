package org.pgreel.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection so that the server gets all that was written, TLS's close_notify and an end of stream, and never a
 * reset: a socket that is closed while bytes lie unread in it sends one, and the reset may overtake what was written.
 *
 * <p>So only the outgoing half is shut down, and what still arrives is read and thrown away until the server ends its
 * half too, within a bound. Confined to the event loop.
 */
final class OrderlyClose {
    private final Channel channel;
    private final @Nullable SslHandler tls;
    private boolean inputEnded;
    private boolean outputEnded;

    OrderlyClose(Channel channel, @Nullable SslHandler tls, boolean inputEnded) {
        this.channel = channel;
        this.tls = tls;
        this.inputEnded = inputEnded;
    }

    void begin(WriteBuffer out, Duration bound) {
        out.flush();
        Future<?> end = channel.eventLoop().schedule(() -> abort(channel), bound.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
        channel.config().setAutoRead(true);
        ChannelFuture last = tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
        last.addListener(sent -> endOutput());
    }

    /** The server has ended its half. */
    void inputEnded() {
        inputEnded = true;
        if (outputEnded) {
            close(channel);
        }
    }

    private void endOutput() {
        outputEnded = true;
        if (inputEnded || !(channel instanceof DuplexChannel duplex)) {
            close(channel);
        } else {
            Future<?> unused = duplex.shutdownOutput();
        }
    }

    /** Closes a connection at once; a TCP connection is reset. */
    static void abort(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyClosed) {
            Future<?> unused = channel.close();
            return;
        }
        close(channel);
    }

    /** Closes without passing TLS, which would wait for its close_notify. */
    private static void close(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        Future<?> unused = first == null ? channel.close() : first.close();
    }
}
