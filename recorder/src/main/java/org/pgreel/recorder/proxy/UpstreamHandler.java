package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.pgreel.client.SslMode;

/**
 * Prepares a connection to the server: asks for TLS if it shall, and then makes way for the relay. Until then it reads
 * one answer at a time, so that nothing of the handshake is taken for plaintext.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    private final ProxiedConnection connection;
    private final ProxyContext context;
    private final ByteBuf first;
    private boolean done;

    UpstreamHandler(ProxiedConnection connection, ProxyContext context, ByteBuf first) {
        this.connection = connection;
        this.context = context;
        this.first = first;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (context.upstreamSslMode() == SslMode.DISABLE) {
            ready(ctx, false);
        } else {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(SSL_REQUEST));
            ctx.read();
            int limit = context.limits().connectMillis();
            ctx.executor()
                    .schedule(
                            () -> fail(ctx, "it did not answer the request for TLS within " + limit + " ms"),
                            limit,
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf answer = (ByteBuf) message;
        byte kind = answer.getByte(answer.readerIndex());
        int count = answer.readableBytes();
        answer.release();
        if (count != 1 || (kind != 'S' && kind != 'N')) {
            fail(ctx, "it answered the request for TLS with something else than S or N");
        } else if (kind == 'S') {
            encrypt(ctx);
        } else if (context.upstreamSslMode() == SslMode.PREFER) {
            ready(ctx, false);
        } else {
            fail(
                    ctx,
                    "it refuses TLS, which --upstream-sslmode "
                            + context.upstreamSslMode().word() + " demands");
        }
    }

    private void encrypt(ChannelHandlerContext ctx) {
        try {
            SslHandler tls = UpstreamTls.handler(context.upstreamHost(), context.upstreamPort());
            tls.handshakeFuture().addListener(handshake -> {
                if (handshake.isSuccess()) {
                    ready(ctx, true);
                } else {
                    fail(ctx, "the TLS handshake failed: " + ProxyContext.reason(handshake.cause()));
                }
            });
            ctx.pipeline().addFirst(tls);
            ctx.read();
        } catch (GeneralSecurityException e) {
            fail(ctx, "TLS is not to be had here: " + ProxyContext.reason(e));
        }
    }

    private void ready(ChannelHandlerContext ctx, boolean encrypted) {
        if (done) {
            return;
        }
        done = true;
        ctx.pipeline().replace(this, "relay", new RelayHandler(connection, ctx.channel()));
        connection.upstreamReady(ctx.channel(), first, encrypted);
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        if (done) {
            return;
        }
        done = true;
        first.release();
        connection.unreachable(reason);
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            fail(ctx, "it closed the connection before anything was said");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, "it closed the connection before anything was said");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, ProxyContext.reason(cause));
    }
}
