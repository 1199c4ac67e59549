package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.recorder.proxy.BindingChoice.Treatment;
import org.pgreel.session.TlsSession;
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
    private @Nullable LoginFilter login;
    private @Nullable String user;
    private byte[] scratch = new byte[4096];
    private int unflushed;
    private boolean said;

    /** Whether the client has whole messages only, so that one of the proxy's own would be read as such. */
    private boolean clientAtBoundary = true;

    private boolean placeTaken;
    private boolean clientFinished;
    private boolean upstreamFinished;
    private @Nullable By finishedFirst;
    private @Nullable Boolean finishEarly;
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
        clientAtBoundary = session.serverAtBoundary(ordinal);
    }

    /** Notes what TLS did on the client's leg. */
    void tlsRequested() {
        session.tlsRequested(ordinal);
    }

    void tlsEstablished(String protocol, String cipher) {
        session.tlsEstablished(ordinal, protocol, cipher);
    }

    void tlsFailed(String kind) {
        session.tlsFailed(ordinal, kind);
    }

    void marker(String note) {
        session.marker(note);
    }

    /** Takes one of the places for sessions that are forwarded at once; false if there is none. */
    boolean takePlace() {
        placeTaken = context.takePlace();
        return placeTaken;
    }

    /** Connects to the server and passes on what the client said first. */
    void connectUpstream(Map<String, String> startup, ByteBuf first) {
        user = startup.get("user");
        IdleWatch.over(this, client.eventLoop(), context.limits().idleMillis());
        new Dialling(this, context, Ends.encrypted(client), first).begin(client.eventLoop());
    }

    /** Goes over to forwarding: the connection upstream is up and, if it shall be, encrypted. */
    void upstreamReady(Channel channel, ByteBuf first, @Nullable TlsSession agreed, Treatment treatment) {
        upstream = channel;
        login = LoginFilters.of(treatment, agreed, user, new LoginLegs(this, client, context));
        if (agreed != null) {
            try {
                session.marker("the leg to the server is encrypted: " + agreed.protocol() + " " + agreed.cipher());
            } catch (TapFailedException e) {
                first.release();
                unrecordable(e);
                return;
            }
        }
        channel.write(first);
        for (ByteBuf kept : early) {
            LoginFilter filter = login;
            channel.write(filter == null ? kept : filter.fromClient(kept));
        }
        early.clear();
        channel.flush();
        Boolean finish = finishEarly;
        if (finish != null) {
            Ends.finish(channel, finish);
        }
        channel.config().setAutoRead(true);
        client.config().setAutoRead(true);
    }

    /** Says something to the client that the server did not say so, on record. */
    void sayToClient(byte[] bytes) {
        try {
            recordAnswer(bytes);
            client.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        } catch (TapFailedException e) {
            unrecordable(e);
        }
    }

    /** Says something to the server that the client did not say, off the record: it is the proxy's own login. */
    void sayToServer(byte[] bytes) {
        Channel server = upstream;
        if (server != null && !over) {
            server.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    /** Tells the client that there is no server, as a server would tell it. */
    void unreachable(String reason) {
        if (over) {
            return;
        }
        String sentence =
                "PgReel cannot reach the server at " + context.settings().upstreamName() + ": " + reason;
        context.problem(sentence + ".");
        tellClient("08001", sentence, EndKind.LOCAL);
    }

    /** Tells the client, as a server would, why its connection ends, and ends it. */
    void tellClient(String sqlState, String sentence, EndKind how) {
        byte[] answer = ErrorResponse.of("FATAL", sqlState, sentence).toBytes().toArray();
        boolean readable = clientAtBoundary;
        try {
            if (readable) {
                recordAnswer(answer);
            }
        } catch (TapFailedException e) {
            context.problem(String.valueOf(e.getMessage()));
        }
        sayLast(answer, readable);
        end(how, By.PROXY);
    }

    /** Tells the client that its session can no longer be recorded, and ends it. */
    private void unrecordable(TapFailedException cause) {
        String sentence = String.valueOf(cause.getMessage());
        context.counters().sessionDamaged();
        context.problem(sentence);
        sayLast(ErrorResponse.of("FATAL", "58030", sentence).toBytes().toArray(), clientAtBoundary);
        end(EndKind.LOCAL, By.PROXY);
    }

    private void sayLast(byte[] answer, boolean readable) {
        if (readable) {
            client.writeAndFlush(Unpooled.wrappedBuffer(answer));
        } else {
            // Within a message it would be taken for a part of that: a row with a wrong value in it.
            Ends.resetOnClose(client);
        }
    }

    /** Journals what a side said, then passes it on. */
    void came(Channel side, ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        said = true;
        LoginFilter filter = login;
        ByteBuf toForward = filter != null && side != client ? filter.fromServer(bytes) : bytes;
        if (!journaled(side, toForward)) {
            return;
        }
        if (filter != null && side == client) {
            toForward = filter.fromClient(toForward);
        }
        if (filter != null && filter.done()) {
            login = null;
        }
        Channel other = other(side);
        if (other == null) {
            early.add(toForward);
        } else {
            forward(side, other, toForward);
        }
    }

    private boolean journaled(Channel side, ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, Math.min(scratch.length * 4, Sockets.READ_BYTES_MAX))];
        }
        bytes.getBytes(bytes.readerIndex(), scratch, 0, length);
        try {
            if (side == client) {
                session.written(ordinal, scratch, length);
            } else {
                session.read(ordinal, scratch, length);
                clientAtBoundary = session.serverAtBoundary(ordinal);
            }
            return true;
        } catch (TapFailedException e) {
            bytes.release();
            unrecordable(e);
            return false;
        }
    }

    private void forward(Channel side, Channel other, ByteBuf bytes) {
        unflushed += bytes.readableBytes();
        other.write(bytes);
        if (unflushed >= Sockets.WAITING_BYTES_HIGH) {
            // What waits inside TLS counts as waiting to be written only once it was flushed through it.
            unflushed = 0;
            other.flush();
        }
        if (!other.isWritable()) {
            side.config().setAutoRead(false);
        }
    }

    void readComplete(Channel side) {
        Channel other = other(side);
        if (other != null) {
            unflushed = 0;
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
    void finished(Channel side, boolean closeNotify) {
        if (over || (side == client ? clientFinished : upstreamFinished)) {
            return;
        }
        clientFinished |= side == client;
        upstreamFinished |= side != client;
        if (finishedFirst == null) {
            finishedFirst = by(side);
        }
        Channel other = other(side);
        if (other == null) {
            // Inside TLS it may be known before there is a server that can be told.
            finishEarly = closeNotify ? Boolean.TRUE : Boolean.FALSE;
        } else if (clientFinished && upstreamFinished) {
            end(EndKind.FIN, finishedFirst);
        } else {
            Ends.finish(other, closeNotify);
        }
    }

    /** A side is gone: nothing can be said to it any more, whether it had finished or not; passes that on. */
    void gone(Channel side) {
        if (side == client ? upstreamFinished : clientFinished) {
            // Nobody had more to say to it. A server that is told so through TLS may go without an end of stream.
            finished(side, true);
        } else if (!over) {
            Ends.resetOnClose(other(side));
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
            context.problem("A connection to " + context.settings().upstreamName() + " failed: "
                    + ProxyContext.reason(cause) + ".");
        }
        Ends.resetOnClose(other(side));
        end(reset ? EndKind.RESET : EndKind.LOCAL, reset ? by(side) : By.PROXY);
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
        if (placeTaken) {
            context.leavePlace();
        }
        try {
            session.connectionClosed(ordinal, how, by);
        } catch (TapFailedException e) {
            context.problem(String.valueOf(e.getMessage()));
        }
    }

    /** Resets the connection because the proxy stops; may be called from any thread. */
    void stop() {
        client.eventLoop().execute(() -> {
            Ends.resetOnClose(client);
            Ends.resetOnClose(upstream);
            end(EndKind.RESET, By.PROXY);
        });
    }

    /** Returns whether anything was said since this was asked last. */
    boolean saidSomething() {
        boolean since = said;
        said = false;
        return since;
    }

    boolean isOver() {
        return over;
    }

    /** Ends a connection on which nobody says anything any more. */
    void idle(int limitMillis) {
        if (!over) {
            String sentence = "PgReel ends a connection on which nothing was said for " + limitMillis + " ms";
            context.problem(sentence + ".");
            tellClient("57P05", sentence, EndKind.TIMEOUT);
        }
    }

    private @Nullable Channel other(Channel side) {
        return side == client ? upstream : client;
    }

    private By by(Channel side) {
        return side == client ? By.CLIENT : By.SERVER;
    }
}
