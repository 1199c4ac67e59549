package org.pgreel.replay.engine;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.replay.exchange.Bulk;
import org.pgreel.replay.exchange.ConnectionScope;
import org.pgreel.replay.exchange.ExchangeClient;
import org.pgreel.replay.exchange.ExchangePlay;
import org.pgreel.replay.exchange.Housekeeping;
import org.pgreel.replay.live.LiveDetour;
import org.pgreel.replay.live.LiveRecording;
import org.pgreel.replay.report.ConnectionOutcome;

/** A client that is logged in and is answered from recorded exchanges, in whatever order it asks. */
final class Exchanging implements Stage, ExchangeClient {
    /** The longest message that is taken: what a server takes, MaxAllocSize of PostgreSQL's utils/memutils.h. */
    private static final int MESSAGE_BYTES_MAX = 0x3fffffff;

    /** Answers are handed over in pieces of this size. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final ReplayConnection connection;
    private final Outbox outbox;
    private final ExchangePlay play;
    private final @Nullable LiveDetour detour;
    private final ConnectionScope scope;
    private final Timing.@Nullable Pace pace;
    private MessageWriter out = new MessageWriter(Integer.MAX_VALUE);
    private @Nullable MessageBuffer coming;
    private boolean over;

    /**
     * Begins behind the greeting.
     *
     * @param reported the parameters that the greeting told
     * @param processId the process id that it told; null if none
     */
    Exchanging(
            ReplayConnection connection,
            Housekeeping house,
            Map<String, String> reported,
            @Nullable Integer processId) {
        this.connection = connection;
        this.outbox = new Outbox(connection.effects());
        this.pace = connection.pace();
        var library = connection.engine().library();
        this.scope = library.scope(connection.startup());
        LiveRecording live = connection.engine().liveRecording();
        this.detour = live == null ? null : new LiveDetour(this, live, connection.startup(), reported, this::drain);
        ExchangeClient client = detour == null ? this : detour.watched();
        this.play =
                new ExchangePlay(library, scope, client, house, connection.log().number(), processId);
        if (detour != null) {
            detour.beside(play);
        }
        Redaction redaction = connection.engine().settings().redaction();
        if (redaction != null) {
            play.redactedBy(redaction.frontend());
        }
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && !over && !connection.ended()) {
            int end = coming == null ? WholeMessage.end(buffer, at, to) : WholeMessage.NONE;
            if (end != WholeMessage.NONE) {
                complete(buffer, at, end);
                at = end;
                continue;
            }
            MessageBuffer message = coming == null ? MessageBuffer.typed(MESSAGE_BYTES_MAX) : coming;
            coming = message;
            at = message.collect(buffer, at, to);
            if (message.refused()) {
                refused("invalid message length");
            } else if (message.complete()) {
                coming = null;
                complete(message.array(), 0, message.length());
            }
        }
        drain();
    }

    private void complete(byte[] buffer, int from, int to) {
        if (WholeMessage.isTerminate(buffer, from, to)) {
            over = true;
            return;
        }
        // Who takes a detour keeps what was said, and the buffer is another's.
        FrontendMessage message = detour == null
                ? WholeMessage.decoded(buffer, from, to)
                : WholeMessage.decoded(Arrays.copyOfRange(buffer, from, to), 0, to - from);
        if (message == null) {
            refused("invalid message of type " + (buffer[from] & 0xFF));
        } else {
            take(message);
        }
    }

    private void take(FrontendMessage message) {
        if (detour != null) {
            detour.received(message);
        } else {
            play.received(message);
        }
    }

    private void refused(String sentence) {
        send(Refusals.protocolViolation(sentence));
        end();
    }

    @Override
    public void send(BackendMessage message) {
        message.encode(out);
        if (out.length() >= PIECE_BYTES) {
            handOver();
        }
    }

    @Override
    public boolean takesBytes() {
        return true;
    }

    @Override
    public void send(byte[] messages) {
        out.writeBytes(messages, 0, messages.length);
        if (out.length() >= PIECE_BYTES) {
            handOver();
        }
    }

    @Override
    public void stream(Bulk bulk) {
        handOver();
        outbox.add(bulk.bytes());
    }

    @Override
    public void tell(BackendMessage message) {
        if (!over && !connection.ended()) {
            send(message);
            handOver();
            drain();
        }
    }

    private void handOver() {
        long recorded = scope.takeDelay();
        if (pace != null && recorded >= 0) {
            outbox.pause(pace.after(recorded));
        }
        if (out.length() > 0) {
            outbox.add(Arrays.copyOf(out.array(), out.length()));
            if (out.length() > 2 * PIECE_BYTES) {
                out = new MessageWriter(Integer.MAX_VALUE);
            } else {
                out.reset();
            }
        }
    }

    @Override
    public void flush() {
        handOver();
    }

    @Override
    public void end() {
        handOver();
        over = true;
    }

    private void drain() {
        if (!connection.ended() && outbox.drain()) {
            outbox.flush();
            if (over) {
                outcome("");
                connection.end();
            }
        }
    }

    @Override
    public void writable() {
        drain();
    }

    @Override
    public void elapsed(ReplayTimer timer) {
        outbox.resumed();
        drain();
    }

    @Override
    public void endOfStream() {
        over = true;
        handOver();
        drain();
    }

    @Override
    public void reset() {
        outcome("the client broke the connection");
        connection.abort();
    }

    private void outcome(String detail) {
        play.ended();
        if (detour != null) {
            detour.ended();
        }
        connection.log().outcome(play.misses() > 0 ? ConnectionOutcome.MISSED : ConnectionOutcome.ANSWERED, detail);
    }
}
