package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.recorder.masking.CancelKey;
import org.pgreel.session.TlsSession;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.TapFailedException;

/**
 * Speaks with a client until it says what it wants: brings about TLS or refuses it, finds the session of a cancel request,
 * opens one for a StartupMessage; then makes way for the {@link ProxiedConnection}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class GreetingHandler extends ChannelInboundHandlerAdapter {

    private static final byte[] REFUSED = {'N'};
    private static final byte[] AGREED = {'S'};

    private final ProxyContext context;
    private byte[] buffer = new byte[512];
    private int count;
    private boolean encrypted;
    private boolean direct;
    private boolean done;
    private @Nullable ProxiedConnection connection;
    private @Nullable ScheduledFuture<?> limit;

    GreetingHandler(ProxyContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int millis = context.limits().greetingMillis();
        if (millis > 0) {
            limit = ctx.executor().schedule(() -> tooLate(ctx), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void tooLate(ChannelHandlerContext ctx) {
        if (!done) {
            done = true;
            end(EndKind.TIMEOUT, By.PROXY);
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            int more = bytes.readableBytes();
            if (buffer.length - count < more) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, count + more));
            }
            bytes.readBytes(buffer, count, more);
            count += more;
        } finally {
            bytes.release();
        }
        try {
            if (!encrypted && connection == null && Greeting.isDirectTls(buffer, count)) {
                beginDirectly(ctx);
                return;
            }
            Greeting greeting = Greeting.in(buffer, count);
            while (greeting != null && !done) {
                answer(ctx, greeting);
                greeting = done ? null : Greeting.in(buffer, count);
            }
        } catch (TapFailedException e) {
            refuse(ctx, e);
        }
    }

    private void answer(ChannelHandlerContext ctx, Greeting greeting) {
        switch (encrypted && greeting.asksForEncryption() ? Greeting.Kind.SESSION : greeting.kind()) {
            case TLS -> answerTls(ctx, greeting);
            case GSSAPI -> say(ctx, greeting, REFUSED);
            case CANCEL -> {
                context.counters().cancelRequested();
                joinSessionOf(greeting.cancelKey(buffer), ctx.channel());
                begin(ctx, connection(ctx.channel(), Map.of()), Map.of());
            }
            case SESSION -> beginSession(ctx, greeting.parameters(buffer));
        }
    }

    private void answerTls(ChannelHandlerContext ctx, Greeting greeting) {
        ProxyCertificate certificate = context.settings().certificate();
        if (certificate == null) {
            say(ctx, greeting, REFUSED);
            return;
        }
        ProxiedConnection opened = connection(ctx.channel(), Map.of());
        if (count > greeting.length()) {
            // They came before the handshake, so anybody on the way may have put them there (CVE-2021-23214).
            done = true;
            opened.record(count, buffer);
            opened.tellClient("08P01", "received unencrypted data after SSL request", EndKind.LOCAL);
            return;
        }
        opened.tlsRequested();
        say(ctx, greeting, AGREED);
        encrypted = true;
        ctx.pipeline().addFirst(handler(ctx, certificate));
    }

    private SslHandler handler(ChannelHandlerContext ctx, ProxyCertificate certificate) {
        SslHandler handler = certificate.context().newHandler(ctx.alloc(), context.workers());
        // The time that a client has for its greeting bounds the handshake together with the rest.
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /** Takes TLS that nobody asked for by SSLRequest: what came is its first record, or a part of that. */
    private void beginDirectly(ChannelHandlerContext ctx) {
        ProxyCertificate certificate = context.settings().certificate();
        ProxiedConnection opened = connection(ctx.channel(), Map.of());
        if (certificate == null) {
            opened.marker("the client began with TLS, which is not offered");
            done = true;
            end(EndKind.LOCAL, By.PROXY);
            return;
        }
        opened.tlsRequested();
        encrypted = true;
        direct = true;
        ByteBuf record = Unpooled.copiedBuffer(buffer, 0, count);
        count = 0;
        ctx.pipeline().addFirst(handler(ctx, certificate));
        ctx.pipeline().fireChannelRead(record);
        ctx.pipeline().fireChannelReadComplete();
    }

    /** Answers a request for encryption, and forgets it. */
    private void say(ChannelHandlerContext ctx, Greeting greeting, byte[] answer) {
        ProxiedConnection opened = connection(ctx.channel(), Map.of());
        opened.record(greeting.length(), buffer);
        opened.recordAnswer(answer);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(answer));
        count -= greeting.length();
        System.arraycopy(buffer, greeting.length(), buffer, 0, count);
    }

    private void beginSession(ChannelHandlerContext ctx, Map<String, String> startup) {
        ProxiedConnection opened = connection(ctx.channel(), startup);
        if (opened.takePlace()) {
            context.counters().sessionBegan();
            begin(ctx, opened, startup);
            return;
        }
        done = true;
        context.counters().sessionRefused();
        opened.record(count, buffer);
        String sentence =
                "PgReel forwards no more than " + context.limits().sessionsMax() + " sessions at once (--max-sessions)";
        context.problem(sentence + "; a client was refused.");
        opened.tellClient("53300", sentence, EndKind.LOCAL);
    }

    /** Goes over to the session that shall be cancelled, if it is here and has not ended. */
    private void joinSessionOf(CancelKey key, Channel client) {
        ProxiedSession target = context.sessionOf(key);
        ProxiedConnection joined = target == null ? null : ProxiedConnection.open(context, target, client);
        ProxiedConnection before = connection;
        if (joined != null) {
            connection = joined;
            if (before != null) {
                before.leaveClient();
            }
        }
    }

    private ProxiedConnection connection(Channel client, Map<String, String> startup) {
        ProxiedConnection opened = connection;
        if (opened == null) {
            SessionOpening opening = new SessionOpening(
                    SessionOpening.Role.PROXY,
                    name(client.remoteAddress()),
                    context.settings().upstreamName(),
                    startup);
            ProxiedSession session =
                    new ProxiedSession(context, context.recorder().opened(opening));
            opened = Objects.requireNonNull(ProxiedConnection.open(context, session, client), "a new session");
            connection = opened;
        }
        return opened;
    }

    private void begin(ChannelHandlerContext ctx, ProxiedConnection opened, Map<String, String> startup) {
        done = true;
        ctx.channel().config().setAutoRead(false);
        opened.record(count, buffer);
        ctx.pipeline().replace(this, "relay", new RelayHandler(opened, ctx.channel()));
        opened.connectUpstream(startup, Unpooled.wrappedBuffer(buffer, 0, count));
    }

    private static String name(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unix";
    }

    private void refuse(ChannelHandlerContext ctx, TapFailedException e) {
        done = true;
        context.problem(String.valueOf(e.getMessage()));
        byte[] answer = ErrorResponse.of("FATAL", "58030", String.valueOf(e.getMessage()))
                .toBytes()
                .toArray();
        ctx.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
        end(EndKind.LOCAL, By.PROXY);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshaken(ctx, handshake);
        } else if (event instanceof ChannelInputShutdownEvent) {
            end(EndKind.FIN, By.CLIENT);
            ctx.close();
        }
    }

    private void handshaken(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
        ProxiedConnection opened = connection;
        if (opened == null || done) {
            return;
        }
        try {
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            if (!handshake.isSuccess()) {
                opened.tlsFailed("handshake");
                context.problem("A client's TLS handshake failed: " + ProxyContext.reason(handshake.cause()) + ".");
            } else if (direct && !TlsSession.POSTGRESQL.equals(tls.applicationProtocol())) {
                opened.tlsFailed("protocol");
                context.problem("A client began with TLS and did not offer the protocol postgresql (ALPN).");
            } else {
                SSLSession session = tls.engine().getSession();
                opened.tlsEstablished(session.getProtocol(), session.getCipherSuite());
                return;
            }
            done = true;
            end(EndKind.LOCAL, By.PROXY);
        } catch (TapFailedException e) {
            refuse(ctx, e);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ScheduledFuture<?> waiting = limit;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(EndKind.FIN, By.CLIENT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(EndKind.RESET, By.CLIENT);
        ctx.close();
    }

    private void end(EndKind how, By by) {
        ProxiedConnection opened = connection;
        if (opened != null) {
            opened.end(how, by);
        }
    }
}
