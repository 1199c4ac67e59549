package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.recorder.masking.CancelKey;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.TapFailedException;

/**
 * Speaks with a client until it says what it wants: refuses encryption, finds the session of a cancel request, opens one
 * for a StartupMessage; then makes way for the {@link ProxiedConnection}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class GreetingHandler extends ChannelInboundHandlerAdapter {

    private static final byte[] REFUSED = {'N'};

    private final ProxyContext context;
    private byte[] buffer = new byte[512];
    private int count;
    private boolean done;
    private @Nullable ProxiedConnection connection;

    GreetingHandler(ProxyContext context) {
        this.context = context;
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
        switch (greeting.kind()) {
            case ENCRYPTION -> {
                ProxiedConnection opened = connection(ctx.channel(), Map.of());
                opened.record(greeting.length(), buffer);
                opened.recordAnswer(REFUSED);
                ctx.writeAndFlush(Unpooled.wrappedBuffer(REFUSED));
                count -= greeting.length();
                System.arraycopy(buffer, greeting.length(), buffer, 0, count);
            }
            case CANCEL -> {
                joinSessionOf(greeting.cancelKey(buffer), ctx.channel());
                begin(ctx, connection(ctx.channel(), Map.of()));
            }
            case SESSION -> begin(ctx, connection(ctx.channel(), greeting.parameters(buffer)));
        }
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
                    SessionOpening.Role.PROXY, name(client.remoteAddress()), context.upstreamName(), startup);
            ProxiedSession session =
                    new ProxiedSession(context, context.recorder().opened(opening));
            opened = Objects.requireNonNull(ProxiedConnection.open(context, session, client), "a new session");
            connection = opened;
        }
        return opened;
    }

    private void begin(ChannelHandlerContext ctx, ProxiedConnection opened) {
        done = true;
        ctx.channel().config().setAutoRead(false);
        opened.record(count, buffer);
        ctx.pipeline().replace(this, "relay", new RelayHandler(opened, ctx.channel()));
        opened.connectUpstream(Unpooled.wrappedBuffer(buffer, 0, count));
    }

    private static String name(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
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
        if (event instanceof ChannelInputShutdownEvent) {
            end(EndKind.FIN, By.CLIENT);
            ctx.close();
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
