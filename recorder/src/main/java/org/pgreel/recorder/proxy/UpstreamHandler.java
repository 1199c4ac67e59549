package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import org.pgreel.client.TlsOptions;
import org.pgreel.session.TlsSession;
import org.pgreel.transport.TlsEngines;
import org.pgreel.transport.TlsUpgrade;

/**
 * Prepares a connection to the server: brings about TLS if it shall, and then makes way for the relay. Until then it
 * reads one answer at a time, so that nothing of the handshake is taken for plaintext.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    private final Dialling dialling;
    private final ProxySettings settings;
    private final ProxyContext context;
    private @Nullable TlsUpgrade upgrade;
    private boolean done;

    UpstreamHandler(Dialling dialling, ProxyContext context) {
        this.dialling = dialling;
        this.context = context;
        this.settings = context.settings();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        TlsOptions tls = settings.upstreamTls();
        if (settings.upstreamUnix() || tls.mode() == SslMode.DISABLE || dialling.plaintext(isLoopback(ctx))) {
            ready(ctx, null);
            return;
        }
        int limit = settings.limits().connectMillis();
        ctx.executor()
                .schedule(
                        () -> fail(ctx, "it did not agree on TLS within " + limit + " ms"),
                        limit,
                        TimeUnit.MILLISECONDS);
        if (tls.negotiation() == SslNegotiation.DIRECT) {
            encrypt(ctx);
        } else {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(SSL_REQUEST));
            ctx.read();
        }
    }

    private static boolean isLoopback(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf answer = (ByteBuf) message;
        byte kind = answer.getByte(answer.readerIndex());
        int count = answer.readableBytes();
        answer.release();
        SslMode mode = settings.upstreamTls().mode();
        if (upgrade != null) {
            fail(ctx, "it sent bytes outside TLS behind its consent to TLS");
        } else if (count != 1 || (kind != 'S' && kind != 'N')) {
            fail(ctx, "it answered the request for TLS with something else than S or N");
        } else if (kind == 'S') {
            encrypt(ctx);
        } else if (mode == SslMode.PREFER) {
            ready(ctx, null);
        } else {
            fail(ctx, "it refuses TLS, which --upstream-sslmode " + mode.word() + " demands");
        }
    }

    private void encrypt(ChannelHandlerContext ctx) {
        TlsUpgrade begun = new TlsUpgrade(ctx.channel(), ctx.channel().eventLoop(), context.workers());
        upgrade = begun;
        begun.begin(
                () -> TlsEngines.begin(settings.upstreamTls(), settings.upstreamHost(), settings.upstreamPort()),
                cause -> fail(ctx, "TLS cannot begin: " + ProxyContext.reason(cause)));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        TlsUpgrade begun = upgrade;
        if (event instanceof SslHandshakeCompletionEvent handshake && begun != null) {
            if (!handshake.isSuccess()) {
                fail(ctx, "the TLS handshake failed: " + ProxyContext.reason(deepest(handshake.cause())));
                return;
            }
            TlsSession agreed = begun.agreed();
            if (settings.upstreamTls().negotiation() == SslNegotiation.DIRECT
                    && !agreed.applicationProtocol().equals(TlsSession.POSTGRESQL)) {
                fail(ctx, "it did not choose the protocol postgresql (ALPN), which sslnegotiation direct demands");
            } else {
                ready(ctx, agreed);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            fail(ctx, "it closed the connection before anything was said");
        }
    }

    private static Throwable deepest(Throwable cause) {
        Throwable deepest = cause;
        for (int depth = 0; depth < 20 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private void ready(ChannelHandlerContext ctx, @Nullable TlsSession agreed) {
        if (done) {
            return;
        }
        done = true;
        dialling.ready(ctx, this, agreed, isLoopback(ctx));
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        if (done) {
            return;
        }
        done = true;
        dialling.failed(reason);
        ctx.close();
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
