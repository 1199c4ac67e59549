package org.pgreel.recorder.projection;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Stamp;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.ReadingStart;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * Writes a session as a transcript: its messages, the ends and beginnings of its connections, and what the application
 * was told. What the notation has no word for stands in comments.
 *
 * <p>Feed it every event of one session in order. Confined to one thread.
 */
public final class TranscriptProjection implements SessionEvent.Handler<TranscriptProjection> {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

    private final Detail detail;
    private final TranscriptWriter writer;
    private final MessageProjection messages;
    private final ChunkEnds chunkEnds;
    private long startNanos;
    private int connection = 1;

    /**
     * How much of a session is written.
     *
     * @param times whether each message is stamped with its number and the seconds since the session began
     * @param chunks whether the end of each chunk is marked, so that the fragmentation can be seen
     * @param from the number of the first message that is written, from 1
     * @param to the number of the last message that is written
     * @param hex whether the bytes of each message stand in comments behind it
     */
    public record Detail(boolean times, boolean chunks, long from, long to, boolean hex) {

        /** As above, without bytes. */
        public Detail(boolean times, boolean chunks, long from, long to) {
            this(times, chunks, from, to, false);
        }

        /** Every message, without stamps and boundaries. */
        public static final Detail PLAIN = new Detail(false, false, 1, Long.MAX_VALUE);
    }

    /** Where the projection stands between the messages that are wanted. */
    private long lastMessage;

    /**
     * Creates a projection.
     *
     * @param out where the transcript is written, a line at a time
     * @param detail how much is written
     */
    public TranscriptProjection(Appendable out, Detail detail) {
        this.writer = TranscriptWriter.ofRecording(out);
        this.detail = detail;
        this.messages = new MessageProjection(this::message);
        this.chunkEnds = new ChunkEnds();
    }

    private TranscriptProjection(Appendable out, Detail detail, MessageProjection.Snapshot from, long startNanos) {
        this.writer = TranscriptWriter.ofRecording(out);
        this.detail = detail;
        this.messages = new MessageProjection(this::message, from);
        this.chunkEnds = new ChunkEnds(from);
        this.lastMessage = from.count();
        this.startNanos = startNanos;
    }

    /**
     * Writes a session from its beginning, or from near the first message that is wanted if an index knows where that is.
     *
     * @param session the session
     * @param out where the transcript is written, a line at a time
     * @param detail how much is written
     * @throws org.pgreel.recorder.journal.JournalDamagedException if the session is damaged, behind what was written
     */
    public static void write(RecordedSession session, Appendable out, Detail detail) {
        TranscriptProjection projection = new TranscriptProjection(out, detail);
        Iterable<SessionEvent> events = session.events();
        ReadingStart start = detail.from() > 1 ? session.startBefore(detail.from() - 1) : null;
        SessionOpened opened = session.opened();
        if (start != null && opened != null) {
            try {
                MessageProjection.Snapshot from =
                        SnapshotCodec.decode(start.snapshot()).messages();
                projection = new TranscriptProjection(out, detail, from, opened.nanos());
                events = start.events();
            } catch (IOException e) {
                // A snapshot of another version; then it is read from the beginning.
                projection = new TranscriptProjection(out, detail);
            }
        }
        for (Iterator<SessionEvent> next = events.iterator(); !projection.done() && next.hasNext(); ) {
            next.next().dispatch(projection);
        }
    }

    /** Returns whether nothing more will be written. */
    private boolean done() {
        return lastMessage > detail.to();
    }

    private boolean wanted() {
        return lastMessage >= detail.from() - 1 && lastMessage <= detail.to();
    }

    private void message(RecordedMessage message) {
        lastMessage = message.number();
        chunkEnds.message(message);
        if (message.number() < detail.from() || message.number() > detail.to()) {
            return;
        }
        connection(message.connection());
        if (detail.times()) {
            writer.at(Stamp.of(message.number(), Math.max(0, message.nanos() - startNanos)));
        }
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            writer.message(message.direction(), decoded.message());
        } else if (message.content() instanceof RecordedMessage.Oversized oversized) {
            writer.oversized(message.direction(), oversized.type(), oversized.length(), message.start());
        } else if (message.content() instanceof RecordedMessage.Undecodable undecodable) {
            writer.raw(message.direction(), undecodable.raw());
            writer.comment(undecodable.why());
        }
        if (detail.hex()) {
            HexLines.of(message).forEach(writer::comment);
        }
    }

    private void connection(int ordinal) {
        if (ordinal != connection) {
            connection = ordinal;
            writer.note("connection " + ordinal);
        }
    }

    private TranscriptProjection comment(String text) {
        if (wanted()) {
            writer.comment(text);
        }
        return this;
    }

    private TranscriptProjection event(int ordinal, Direction direction, String name) {
        if (wanted()) {
            connection(ordinal);
            writer.event(direction, name);
        }
        return this;
    }

    @Override
    public TranscriptProjection onSessionOpened(SessionOpened event) {
        startNanos = event.nanos();
        var known = new StringJoiner(", ");
        if (!event.clientAddress().isEmpty()) {
            known.add("client " + event.clientAddress());
        }
        if (!event.serverAddress().isEmpty()) {
            known.add("server " + event.serverAddress());
        }
        Instant began = event.began();
        if (began != null) {
            known.add(began.toString());
        }
        return known.length() == 0 ? this : comment(known.toString());
    }

    @Override
    public TranscriptProjection onConnectionOpened(ConnectionOpened event) {
        return event(event.connection(), Direction.FRONTEND, "connect");
    }

    @Override
    public TranscriptProjection onChunkWritten(ChunkWritten event) {
        return chunk(event);
    }

    @Override
    public TranscriptProjection onChunkRead(ChunkRead event) {
        return chunk(event);
    }

    private TranscriptProjection chunk(Chunk chunk) {
        chunk.dispatch(messages);
        int into = chunkEnds.after(chunk);
        if (detail.chunks() && wanted()) {
            connection(chunk.connection());
            writer.boundary(into);
        }
        return this;
    }

    @Override
    public TranscriptProjection onTlsRequested(TlsRequested event) {
        return this;
    }

    @Override
    public TranscriptProjection onTlsEstablished(TlsEstablished event) {
        event(event.connection(), Direction.FRONTEND, "tls");
        return comment(event.protocol() + ", " + event.cipher());
    }

    @Override
    public TranscriptProjection onTlsFailed(TlsFailed event) {
        return comment("TLS failed: " + event.kind());
    }

    @Override
    public TranscriptProjection onCallbackFired(CallbackFired event) {
        if (wanted()) {
            writer.callback(event.kind().callbackName(), fields(event.detail()));
        }
        return this;
    }

    @Override
    public TranscriptProjection onOperationSubmitted(OperationSubmitted event) {
        return comment("operation " + event.operation() + " submitted: " + event.kind());
    }

    @Override
    public TranscriptProjection onOperationCompleted(OperationCompleted event) {
        return comment("operation " + event.operation() + " completed: " + event.outcome());
    }

    @Override
    public TranscriptProjection onFaultInjected(FaultInjected event) {
        return comment(
                "fault at byte " + event.offset() + " of " + event.direction().letter() + ": " + event.fault());
    }

    @Override
    public TranscriptProjection onMarker(Marker event) {
        if (wanted()) {
            writer.note(event.note());
        }
        return this;
    }

    @Override
    public TranscriptProjection onRecordingDamaged(RecordingDamaged event) {
        return comment("recording stopped here: " + event.reason());
    }

    @Override
    public TranscriptProjection onConnectionClosed(ConnectionClosed event) {
        event.dispatch(messages);
        if (event.by() == By.CLIENT && event.how() == EndKind.FIN) {
            return event(event.connection(), Direction.FRONTEND, "eof");
        }
        if (event.by() == By.CLIENT && event.how() == EndKind.RESET) {
            return event(event.connection(), Direction.FRONTEND, "reset");
        }
        if (event.by() == By.SERVER && event.how() == EndKind.FIN) {
            return event(event.connection(), Direction.BACKEND, "close");
        }
        if (event.by() == By.SERVER && event.how() == EndKind.RESET) {
            return event(event.connection(), Direction.BACKEND, "reset");
        }
        return comment("connection " + event.connection() + " ended: " + words(event.how(), event.by()));
    }

    @Override
    public TranscriptProjection onSessionClosed(SessionClosed event) {
        return this;
    }

    @Override
    public TranscriptProjection otherwise(SessionEvent event) {
        return this;
    }

    /** Words stay words; anything else becomes a string. */
    private static Field[] fields(String detail) {
        return Arrays.stream(detail.split(" ", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> Field.of(WORD.matcher(part).matches() ? Value.word(part) : Value.of(part)))
                .toArray(Field[]::new);
    }

    private static String words(EndKind how, By by) {
        return (how + " by " + by).toLowerCase(Locale.ROOT);
    }
}
