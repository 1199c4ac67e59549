package org.pgreel.replay.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one client's bytes between its socket and the engine, and decides nothing. Confined to the event loop, of
 * which a server has one, since all connections of an engine share a thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class ClientChannel extends ChannelInboundHandlerAdapter implements ReplayEffects {
    private static final Logger LOG = LoggerFactory.getLogger(ClientChannel.class);

    /** How long a client may take to end its side once this side has ended; then the socket is closed. */
    private static final long LINGER_MILLIS = 2_000;

    private final PlayedServer engine;
    private final @Nullable TlsIdentity tls;
    private final DuplexChannel channel;
    private final Map<ReplayTimer, Future<?>> timers = new EnumMap<>(ReplayTimer.class);
    private @Nullable ClientConnection connection;
    private byte[] chunk = new byte[8192];
    private boolean closing;
    private boolean inputEnded;

    ClientChannel(PlayedServer engine, @Nullable TlsIdentity tls, DuplexChannel channel) {
        this.engine = engine;
        this.tls = tls;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection = engine.opened(address(channel.remoteAddress()), this);
    }

    private static String address(SocketAddress client) {
        return client instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
                : "[local]";
    }

    private ClientConnection connection() {
        if (connection == null) {
            throw new IllegalStateException("The channel was used before it was active");
        }
        return connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!closing && message instanceof ByteBuf bytes) {
                int count = bytes.readableBytes();
                if (chunk.length < count) {
                    chunk = new byte[count];
                }
                bytes.readBytes(chunk, 0, count);
                connection().received(chunk, 0, count);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            // Later: it may have become writable inside a flush that the engine asked for.
            channel.eventLoop()
                    .execute(() -> outsideOfThePipeline(() -> connection().writable()));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                SslHandler handler = context.pipeline().get(SslHandler.class);
                CommonNames.ofPeer(handler.engine().getSession()).ifPresent(connection()::certified);
                connection().tlsEstablished(tls == null ? null : tls.endPointHash());
            } else {
                connection().tlsFailed(String.valueOf(handshake.cause().getMessage()));
            }
        } else if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputEnded();
        }
    }

    private void inputEnded() {
        inputEnded = true;
        if (closing) {
            channel.close();
        } else {
            connection().endOfStream();
        }
    }

    /** The client has gone altogether: an orderly end came before, as the end of its side, and was answered. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        for (ReplayTimer timer : ReplayTimer.values()) {
            if (timer.endsWithItsClient()) {
                disarm(timer);
            }
        }
        inputEnded = true;
        if (!closing) {
            connection().reset();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (connection == null) {
            // What the engine wrote first, inside its opened(), found no client any more.
            channel.eventLoop().execute(() -> failed(cause));
        } else {
            failed(cause);
        }
    }

    private void failed(Throwable cause) {
        boolean bug = connection == null || !(cause instanceof IOException || cause.getCause() instanceof SSLException);
        if (bug) {
            bug(cause);
        } else if (closing) {
            channel.close();
        } else {
            LOG.debug("The connection of {} failed", channel, cause);
            connection().reset();
        }
    }

    private void bug(Throwable cause) {
        LOG.error("The connection of {} is closed because of a bug, please report this", channel, cause);
        channel.close();
    }

    /** Runs an input of the engine as the loop's own task, of whose failure {@link #exceptionCaught} does not hear. */
    private void outsideOfThePipeline(Runnable input) {
        try {
            input.run();
        } catch (RuntimeException | AssertionError e) {
            bug(e);
        }
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        channel.write(Unpooled.wrappedBuffer(buffer, from, to - from), channel.voidPromise());
    }

    @Override
    public void write(ByteBuffer bytes) {
        channel.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void startTls() {
        if (tls == null) {
            throw new IllegalStateException("TLS was started without a certificate");
        }
        SslHandler handler = tls.context().newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(0); // The time for the whole login bounds the handshake too.
        channel.pipeline().addFirst(handler);
    }

    @Override
    public void close() {
        closing = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
    }

    private void endOutput() {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (inputEnded || !channel.isActive()) {
            channel.close();
        } else if (handler == null) {
            linger(channel.shutdownOutput());
        } else {
            handler.closeOutbound().addListener(notified -> linger(channel.shutdownOutput()));
        }
    }

    /** Unread input would turn the end of the stream into a reset, so the client's is read until it ends too. */
    private void linger(ChannelFuture ended) {
        ended.addListener(done -> {
            if (done.isSuccess() && !inputEnded) {
                channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                channel.close();
            }
        });
    }

    @Override
    public void halfClose() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> channel.shutdownOutput());
    }

    @Override
    public void pauseReading() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void abort() {
        closing = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0); // A Unix domain socket has none.
                channel.unsafe().close(channel.voidPromise());
            }
        });
    }

    @Override
    public void armTimer(ReplayTimer timer, Duration after) {
        disarm(timer);
        Runnable elapsing = () -> outsideOfThePipeline(() -> connection().elapsed(timer));
        timers.put(timer, channel.eventLoop().schedule(elapsing, after.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void disarm(ReplayTimer timer) {
        Future<?> armed = timers.remove(timer);
        if (armed != null) {
            armed.cancel(false);
        }
    }
}
