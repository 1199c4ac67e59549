package org.pgreel.recorder.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.TapFailedException;

/**
 * One client and its connection upstream. Both channels are on one event loop, to which it is confined; only
 * {@link #stop()} may be called from elsewhere.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class ProxiedConnection {

    private final ProxyContext context;
    private final ProxiedSession session;
    private final int ordinal;
    private final Channel client;
    private @Nullable Channel upstream;
    private @Nullable MechanismOffer offer;
    private byte[] copy = new byte[4096];
    private boolean clientFinished;
    private boolean upstreamFinished;
    private @Nullable By finishedFirst;
    private boolean over;

    /** What the client said before the server could hear it, in case a read was under way when reading was paused. */
    private final List<ByteBuf> early = new ArrayList<>();

    private ProxiedConnection(ProxyContext context, ProxiedSession session, int ordinal, Channel client) {
        this.context = context;
        this.session = session;
        this.ordinal = ordinal;
        this.client = client;
    }

    /** Opens a client's connection in a session; null if the session has ended in the meantime. */
    static @Nullable ProxiedConnection open(ProxyContext context, ProxiedSession session, Channel client) {
        int ordinal = session.connectionOpened();
        if (ordinal == ProxiedSession.TOO_LATE) {
            return null;
        }
        ProxiedConnection opened = new ProxiedConnection(context, session, ordinal, client);
        context.opened(opened);
        return opened;
    }

    /** Records bytes of the client that were kept. */
    void record(int length, byte[] bytes) {
        session.written(ordinal, bytes, length);
    }

    /** Records bytes that the proxy answers in the server's place. */
    void recordAnswer(byte[] bytes) {
        session.read(ordinal, bytes, bytes.length);
    }

    /** Connects to the server and passes on what the client said first. */
    void connectUpstream(ByteBuf first) {
        ProxiedConnection self = this;
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, context.limits().connectMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new UpstreamHandler(self, context, first));
                    }
                })
                .connect(context.upstreamHost(), context.upstreamPort());
        connecting.addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                first.release();
                unreachable(ProxyContext.reason(done.cause()));
            } else if (over) {
                done.channel().close();
            }
        });
    }

    /** Goes over to forwarding: the connection upstream is up and, if it shall be, encrypted. */
    void upstreamReady(Channel channel, ByteBuf first, boolean encrypted) {
        if (over) {
            first.release();
            channel.close();
            return;
        }
        upstream = channel;
        if (encrypted) {
            // The client's leg is plaintext: what is bound to the server's TLS cannot be offered to it.
            offer = new MechanismOffer();
            try {
                session.marker("the leg to the server is encrypted");
            } catch (TapFailedException e) {
                first.release();
                unrecordable(e);
                return;
            }
        }
        channel.write(first);
        early.forEach(channel::write);
        early.clear();
        channel.flush();
        channel.config().setAutoRead(true);
        client.config().setAutoRead(true);
    }

    /** Tells the client that there is no server, as a server would tell it. */
    void unreachable(String reason) {
        if (over) {
            return;
        }
        String sentence = "PgReel cannot reach the server at " + context.upstreamName() + ": " + reason;
        context.problem(sentence + ".");
        tellClient("08001", sentence);
    }

    private void tellClient(String sqlState, String sentence) {
        byte[] answer = ErrorResponse.of("FATAL", sqlState, sentence).toBytes().toArray();
        try {
            recordAnswer(answer);
        } catch (TapFailedException e) {
            context.problem(String.valueOf(e.getMessage()));
        }
        client.writeAndFlush(Unpooled.wrappedBuffer(answer));
        end(EndKind.LOCAL, By.PROXY);
    }

    /** Tells the client that its session can no longer be recorded, and ends it. */
    private void unrecordable(TapFailedException cause) {
        String sentence = String.valueOf(cause.getMessage());
        context.problem(sentence);
        client.writeAndFlush(Unpooled.wrappedBuffer(
                ErrorResponse.of("FATAL", "58030", sentence).toBytes().toArray()));
        end(EndKind.LOCAL, By.PROXY);
    }

    /** Journals what a side said, then passes it on. */
    void came(Channel side, ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        ByteBuf toForward = bytes;
        MechanismOffer stripping = offer;
        if (side != client && stripping != null) {
            toForward = stripping.strip(bytes);
            if (stripping.done()) {
                offer = null;
            }
        }
        int length = toForward.readableBytes();
        if (copy.length < length) {
            copy = new byte[Math.max(length, Math.min(copy.length * 4, 64 * 1024))];
        }
        toForward.getBytes(toForward.readerIndex(), copy, 0, length);
        try {
            if (side == client) {
                session.written(ordinal, copy, length);
            } else {
                session.read(ordinal, copy, length);
            }
        } catch (TapFailedException e) {
            toForward.release();
            unrecordable(e);
            return;
        }
        Channel other = other(side);
        if (other == null) {
            early.add(toForward);
            return;
        }
        other.write(toForward);
        if (!other.isWritable()) {
            side.config().setAutoRead(false);
        }
    }

    void readComplete(Channel side) {
        Channel other = other(side);
        if (other != null) {
            other.flush();
        }
    }

    /** Goes on reading from one side when the other has taken what it was given. */
    void writabilityChanged(Channel side) {
        Channel other = other(side);
        if (!over && other != null && upstream != null) {
            other.config().setAutoRead(side.isWritable());
        }
    }

    /** A side will say no more; passes that on behind what it said. */
    void finished(Channel side) {
        if (over || (side == client ? clientFinished : upstreamFinished)) {
            return;
        }
        clientFinished |= side == client;
        upstreamFinished |= side != client;
        if (finishedFirst == null) {
            finishedFirst = by(side);
        }
        Channel other = other(side);
        if (other == null || (clientFinished && upstreamFinished)) {
            end(EndKind.FIN, finishedFirst);
        } else {
            UpstreamTls.finish(other);
        }
    }

    /** A side is gone: nothing can be said to it any more, whether it had finished or not; passes that on. */
    void gone(Channel side) {
        if (side == client ? upstreamFinished : clientFinished) {
            // Nobody had more to say to it. A server that is told so through TLS may go without an end of stream.
            finished(side);
        } else if (!over) {
            reset(other(side));
            end(EndKind.RESET, by(side));
        }
    }

    /** A side was reset, or broke; passes that on. */
    void failed(Channel side, Throwable cause) {
        if (over) {
            return;
        }
        boolean reset = cause instanceof IOException;
        if (!reset) {
            context.problem(
                    "A connection to " + context.upstreamName() + " failed: " + ProxyContext.reason(cause) + ".");
        }
        reset(other(side));
        end(reset ? EndKind.RESET : EndKind.LOCAL, reset ? by(side) : By.PROXY);
    }

    /** Lets the close of a channel, which is to follow, be a reset. */
    private static void reset(@Nullable Channel channel) {
        if (channel != null) {
            // Closing with nothing to linger for is what sends a reset.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    /** Ends the connection, however far it is: in the journal first, then for both sides. */
    void end(EndKind how, By by) {
        if (over) {
            return;
        }
        endInJournal(how, by);
        early.forEach(ByteBuf::release);
        early.clear();
        Channel server = upstream;
        if (server != null) {
            LastBytes.close(server, context.limits().lastBytesMillis());
        }
        LastBytes.close(client, context.limits().lastBytesMillis());
        context.ended(this);
    }

    /** Ends the connection in the journal only, before there is one upstream: its client goes on as another one. */
    void leaveClient() {
        if (!over) {
            endInJournal(EndKind.LOCAL, By.PROXY);
            context.ended(this);
        }
    }

    private void endInJournal(EndKind how, By by) {
        over = true;
        try {
            session.connectionClosed(ordinal, how, by);
        } catch (TapFailedException e) {
            context.problem(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the connection because the proxy stops; may be called from any thread. */
    void stop() {
        client.eventLoop().execute(() -> end(EndKind.LOCAL, By.PROXY));
    }

    private @Nullable Channel other(Channel side) {
        return side == client ? upstream : client;
    }

    private By by(Channel side) {
        return side == client ? By.CLIENT : By.SERVER;
    }
}
