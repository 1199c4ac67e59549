package org.pgreel.recorder.tape;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.WireText;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** Spells the events of one session as the lines of a text tape. Feed it every event in order; confined to one thread. */
final class SessionLines implements SessionEvent.Handler<SessionLines> {

    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*( [A-Za-z][A-Za-z0-9_-]*)*");
    private static final int NANO_DIGITS = 9;
    private static final int LEAST_DIGITS = 6;

    private final int number;
    private final Consumer<String> out;
    private final MarkDerivation derivation = new MarkDerivation();
    private final Map<Integer, ConnectionText> connections = new TreeMap<>();
    private long startNanos;
    private int connection = 1;

    SessionLines(int number, Consumer<String> out) {
        this.number = number;
        this.out = out;
    }

    /** The session has no further event: whatever message is not complete is written as it is. */
    void end() {
        connections.forEach(this::flush);
    }

    private void flush(int ordinal, ConnectionText text) {
        List<String> lines = new ArrayList<>();
        text.flush(Direction.FRONTEND, lines);
        text.flush(Direction.BACKEND, lines);
        if (!lines.isEmpty()) {
            on(ordinal);
            lines.forEach(out);
        }
    }

    private SessionLines on(int ordinal) {
        if (ordinal != connection) {
            connection = ordinal;
            out.accept(TextTape.CONNECTION + " " + ordinal);
        }
        return this;
    }

    private SessionLines line(SessionEvent event, Item item) {
        return line(event, Line.of(item).toString());
    }

    private SessionLines line(SessionEvent event, String text) {
        out.accept(stamp(event.nanos() - startNanos) + " " + text);
        return this;
    }

    /** Returns a line of the words that no transcript has. */
    private static String own(String word, List<Field> fields) {
        return Line.of(new Item.Told('@', null, word, fields)).toString().substring(2);
    }

    private static String stamp(long nanos) {
        BigDecimal seconds = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
        return "+" + seconds.setScale(Math.max(LEAST_DIGITS, seconds.scale())).toPlainString();
    }

    private static Item event(Direction direction, String name, Field... fields) {
        return new Item.EventItem(direction, name, List.of(fields), 0);
    }

    @Override
    public SessionLines onSessionOpened(SessionOpened event) {
        startNanos = event.nanos();
        List<Field> fields = new ArrayList<>();
        fields.add(TextTape.number(number));
        fields.add(TextTape.word(event.role()));
        fields.add(Field.of("opened", Value.of(event.wallClock().toString())));
        fields.add(Field.of("clock", Value.word(Long.toString(event.nanos()))));
        fields.add(Field.of("run", TextTape.textValue(event.run())));
        fields.add(Field.of("client", TextTape.textValue(event.clientAddress())));
        fields.add(Field.of("server", TextTape.textValue(event.serverAddress())));
        List<Field> startup = new ArrayList<>();
        event.startup().forEach((name, value) -> {
            startup.add(TextTape.text(name));
            startup.add(TextTape.text(value));
        });
        fields.add(Field.of("startup", Value.group(startup)));
        out.accept(own(TextTape.SESSION, fields));
        return this;
    }

    @Override
    public SessionLines onConnectionOpened(ConnectionOpened event) {
        return on(event.connection()).line(event, event(Direction.FRONTEND, "connect"));
    }

    @Override
    public SessionLines onChunkWritten(ChunkWritten event) {
        return chunk(event);
    }

    @Override
    public SessionLines onChunkRead(ChunkRead event) {
        return chunk(event);
    }

    private SessionLines chunk(Chunk chunk) {
        List<String> lines = new ArrayList<>();
        connections.forEach((ordinal, text) -> {
            if (text.othersPass(
                    chunk.connection() == ordinal ? chunk.direction() : null,
                    chunk.bytes().length())) {
                flush(ordinal, text);
            }
        });
        ConnectionText text = connections.computeIfAbsent(chunk.connection(), ordinal -> new ConnectionText());
        long into = text.chunk(chunk.direction(), chunk.bytes(), lines);
        on(chunk.connection());
        lines.forEach(out);
        StringBuilder boundary = new StringBuilder("|");
        if (lines.isEmpty()) {
            boundary.append(' ').append(chunk.direction().letter());
        }
        if (into > 0) {
            boundary.append(' ').append(into);
        }
        ChunkMarks marks = ChunkMarks.of(chunk);
        ChunkMarks derived = derivation.next(chunk.direction(), chunk.connection(), chunk.bytes());
        if (!marks.equals(derived)) {
            boundary.append(' ').append(own("-", marks(marks)).substring(2));
        }
        return line(chunk, boundary.toString());
    }

    private static List<Field> marks(ChunkMarks marks) {
        List<Field> masked = new ArrayList<>();
        for (MaskedSpan span : marks.masked()) {
            masked.add(TextTape.number(span.offset()));
            masked.add(TextTape.number(span.length()));
            masked.add(TextTape.word(span.kind()));
        }
        return List.of(
                Field.of("before", Value.word(Long.toString(marks.messagesBefore()))),
                Field.of("first", Value.word(Integer.toString(marks.firstBoundary()))),
                Field.of("masked", Value.group(masked)));
    }

    @Override
    public SessionLines onTlsRequested(TlsRequested event) {
        return on(event.connection())
                .line(event, event(Direction.FRONTEND, "tls", Field.of(Value.word(TextTape.REQUESTED))));
    }

    @Override
    public SessionLines onTlsEstablished(TlsEstablished event) {
        return on(event.connection())
                .line(
                        event,
                        event(
                                Direction.FRONTEND,
                                "tls",
                                TextTape.text(event.protocol()),
                                TextTape.text(event.cipher())));
    }

    @Override
    public SessionLines onTlsFailed(TlsFailed event) {
        return on(event.connection())
                .line(
                        event,
                        event(
                                Direction.FRONTEND,
                                "tls",
                                Field.of(Value.word(TextTape.FAILS)),
                                TextTape.text(event.kind())));
    }

    @Override
    public SessionLines onCallbackFired(CallbackFired event) {
        List<Field> fields = new ArrayList<>();
        if (WORDS.matcher(event.detail()).matches()) {
            for (String word : event.detail().split(" ", -1)) {
                fields.add(Field.of(Value.word(word)));
            }
        } else if (!event.detail().isEmpty()) {
            fields.add(TextTape.text(event.detail()));
        }
        return line(event, new Item.Told('@', null, event.kind().callbackName(), fields));
    }

    @Override
    public SessionLines onOperationSubmitted(OperationSubmitted event) {
        return operation(event, '>', event.operation(), event.kind());
    }

    @Override
    public SessionLines onOperationCompleted(OperationCompleted event) {
        return operation(event, '<', event.operation(), event.outcome());
    }

    private SessionLines operation(SessionEvent event, char marker, long operation, String text) {
        List<Field> fields = List.of(TextTape.number(operation), TextTape.text(text));
        return line(event, new Item.Told(marker, null, TextTape.OPERATION, fields));
    }

    @Override
    public SessionLines onFaultInjected(FaultInjected event) {
        List<Field> fields = List.of(
                Field.of(Value.word(String.valueOf(event.direction().letter()))),
                TextTape.number(event.offset()),
                TextTape.text(event.fault()));
        return on(event.connection()).line(event, own(TextTape.FAULT, fields));
    }

    @Override
    public SessionLines onMarker(Marker event) {
        // A note of a transcript, except that bytes which are no text stay what they are.
        return line(
                event,
                WireText.hasUndecodable(event.note())
                        ? "note x\"" + Bytes.wrap(WireText.encode(event.note())).hex() + '"'
                        : Line.of(new Item.Note(event.note())).toString());
    }

    @Override
    public SessionLines onRecordingDamaged(RecordingDamaged event) {
        return line(event, own(TextTape.DAMAGED, List.of(TextTape.text(event.reason()))));
    }

    @Override
    public SessionLines onConnectionClosed(ConnectionClosed event) {
        ConnectionText text = connections.remove(event.connection());
        if (text != null) {
            flush(event.connection(), text);
        }
        derivation.ended(event.connection());
        String line = known(event);
        if (line == null) {
            line = own(TextTape.ENDED, List.of(TextTape.word(event.how()), TextTape.word(event.by())));
        }
        return on(event.connection()).line(event, line);
    }

    private static @Nullable String known(ConnectionClosed event) {
        boolean fin = event.how() == EndKind.FIN;
        if (!fin && event.how() != EndKind.RESET) {
            return null;
        }
        if (event.by() == By.CLIENT) {
            return fin ? "F eof" : "F reset";
        }
        if (event.by() == By.SERVER) {
            return fin ? "B close" : "B reset";
        }
        return null;
    }

    @Override
    public SessionLines onSessionClosed(SessionClosed event) {
        end();
        List<Field> fields = new ArrayList<>();
        fields.add(TextTape.word(event.by()));
        if (event.how() != null) {
            fields.add(TextTape.word(event.how()));
        }
        var totals = event.totals();
        fields.add(pair("bytes", totals.bytesWritten(), totals.bytesRead()));
        fields.add(pair("messages", totals.messagesWritten(), totals.messagesRead()));
        return line(event, own(TextTape.CLOSED, fields));
    }

    private static Field pair(String name, long written, long read) {
        return Field.of(name, Value.group(List.of(TextTape.number(written), TextTape.number(read))));
    }

    @Override
    public SessionLines otherwise(SessionEvent event) {
        throw new AssertionError("no tape holds " + event.getClass().getSimpleName() + "; please report this");
    }
}
