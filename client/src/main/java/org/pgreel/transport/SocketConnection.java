package org.pgreel.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pgreel.session.ConnectionInputs;
import org.pgreel.session.TlsFailure;

/**
 * One connection of a session, its own or one that brings a cancel request: translates what Netty reports of it into the core's inputs, each at most once where
 * there is only one (the end of the stream, a failure), and holds what the core writes until the turn ends.
 *
 * <p>Each read of the socket is copied once, into an array that nobody changes afterwards. Confined to the session's
 * event loop.
 */
final class SocketConnection extends ChannelInboundHandlerAdapter {
    /** After a failed write, how long the server's last words may take to be read. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final SessionTurns turns;
    private final ConnectionInputs core;
    private final Duration closeBound;
    private final Runnable gone;
    private @Nullable Channel channel;
    private @Nullable WriteBuffer out;
    private @Nullable TlsUpgrade tls;
    private @Nullable OrderlyClose closing;
    private @Nullable Throwable writeFailure;
    private boolean reading;
    private boolean inputEnded;
    private boolean paused;
    /** The core has ended the connection, so nothing more is told to it. */
    private boolean over;

    /**
     * Creates the connection, before its channel is up.
     *
     * @param closeBound how long an end in order may wait for the server's end of stream
     * @param gone called on the event loop when the channel was up and is closed, unless the core has still to hear of
     *     it: it then ends the connection itself
     */
    SocketConnection(SessionTurns turns, ConnectionInputs core, Duration closeBound, Runnable gone) {
        this.turns = turns;
        this.core = core;
        this.closeBound = closeBound;
        this.gone = gone;
    }

    // What the core asks for.

    void write(byte[] buffer, int from, int to) {
        if (out != null && !over) {
            out.add(buffer, from, to);
        }
    }

    /** Sends what was written, unless more is being read: then all answers to it go together. */
    void turnEnded() {
        if (out != null && !reading && !over) {
            out.flush();
        }
    }

    /** Reads no more than what is under way; nobody hears of an end of the stream that was not read. */
    void pauseRead() {
        paused = true;
        if (channel != null && !over) {
            channel.config().setAutoRead(false);
        }
    }

    void resumeRead() {
        paused = false;
        if (channel != null && !over) {
            channel.config().setAutoRead(true);
        }
    }

    void startTls(TlsSettings settings, String host, int port, Executor workers) {
        Channel open = channel;
        if (open == null || out == null) {
            throw new AssertionError("TLS was asked for without a connection; please report this");
        }
        out.flush();
        tls = new TlsUpgrade(open, open.eventLoop(), workers);
        tls.begin(() -> TlsEngines.begin(settings, host, port), this::tlsFailed);
    }

    /** Ends the connection in order; bytes that still arrive are thrown away. */
    void close() {
        Channel open = channel;
        if (over || open == null || out == null) {
            over = true;
            return;
        }
        if (handshakeUnderWay() || !open.isOpen()) {
            abort();
            return;
        }
        over = true;
        closing = new OrderlyClose(open, tls == null ? null : tls.established(), inputEnded);
        closing.begin(out, closeBound);
    }

    /** Ends the connection at once, by a reset where the socket knows it. */
    void abort() {
        over = true;
        if (out != null) {
            out.discard();
        }
        if (channel != null) {
            OrderlyClose.abort(channel);
        }
    }

    // What Netty reports.

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (over) {
            Future<?> unused = context.close();
            return;
        }
        channel = context.channel();
        out = new WriteBuffer(context.channel(), this::written);
        turns.turn(core::connected);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        byte[] bytes;
        try {
            bytes = new byte[over ? 0 : read.readableBytes()];
            read.readBytes(bytes);
        } finally {
            read.release();
        }
        if (bytes.length == 0) {
            return;
        }
        if (handshakeUnderWay()) {
            tlsFailed(new SSLException("the server sent bytes outside TLS behind its consent to TLS"));
            return;
        }
        reading = true;
        turns.enter();
        try {
            core.received(bytes, 0, bytes.length);
        } catch (Throwable thrown) {
            turns.broken(thrown);
        } finally {
            turns.leave();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        turnEnded();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded();
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeDone(handshake);
        } else if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess() && !handshakeUnderWay()) {
            inputEnded();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!over) {
            turns.turn(context.channel().isWritable() ? core::writable : core::unwritable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inputEnded();
        if (out != null) {
            out.discard();
            if (!paused) {
                gone.run();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        Throwable cause = thrown.getCause();
        failed(thrown instanceof DecoderException && cause != null ? cause : thrown);
    }

    private boolean handshakeUnderWay() {
        return tls != null && tls.underWay();
    }

    private void handshakeDone(SslHandshakeCompletionEvent handshake) {
        TlsUpgrade upgrade = tls;
        if (over || upgrade == null || !upgrade.underWay()) {
            return;
        }
        if (handshake.isSuccess()) {
            upgrade.end();
            turns.turn(() -> core.tlsEstablished(upgrade.agreed()));
        } else {
            tlsFailed(handshake.cause());
        }
    }

    private void tlsFailed(Throwable cause) {
        if (tls == null || !tls.underWay()) {
            return;
        }
        tls.end();
        inputEnded = true;
        if (!over) {
            TlsFailure kind = TlsFailures.overIdentity(cause) ? TlsFailure.CERTIFICATE : TlsFailure.HANDSHAKE;
            turns.turn(() -> core.tlsFailed(kind, cause));
        }
    }

    private void inputEnded() {
        if (handshakeUnderWay()) {
            tlsFailed(new EOFException("the server ended the connection during the TLS handshake"));
        }
        if (closing != null) {
            closing.inputEnded();
        }
        if (inputEnded) {
            return;
        }
        inputEnded = true;
        if (!over) {
            Throwable failure = writeFailure;
            turns.turn(failure == null ? core::endOfStream : () -> core.reset(failure));
        }
    }

    private void failed(Throwable cause) {
        if (handshakeUnderWay()) {
            tlsFailed(cause);
        } else if (!inputEnded) {
            inputEnded = true;
            if (!over) {
                Throwable first = writeFailure == null ? cause : writeFailure;
                turns.turn(() -> core.reset(first));
            }
        }
        if (channel != null) {
            OrderlyClose.abort(channel);
        }
    }

    /** A write that failed does not end the connection by itself: what the server said before is still to be read. */
    private void written(ChannelFuture write) {
        if (write.isSuccess() || over || writeFailure != null || channel == null) {
            return;
        }
        Throwable cause = write.cause();
        writeFailure = cause;
        channel.config().setAutoRead(true);
        Future<?> unused =
                channel.eventLoop().schedule(() -> failed(cause), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }
}
