package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/** One side of a proxied connection: tells the connection what came, and how it ended. */
final class RelayHandler extends ChannelInboundHandlerAdapter {

    private final ProxiedConnection connection;
    private final Channel side;
    private final boolean encrypted;

    RelayHandler(ProxiedConnection connection, Channel side) {
        this.connection = connection;
        this.side = side;
        this.encrypted = Ends.encrypted(side);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection.came(side, (ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection.readComplete(side);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.writabilityChanged(side);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
            connection.finished(side, true);
        } else if (event instanceof ChannelInputShutdownEvent) {
            // Behind close_notify it says nothing new; without it, a stream inside TLS was cut.
            connection.finished(side, !encrypted);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.gone(side);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.failed(side, cause);
    }
}
