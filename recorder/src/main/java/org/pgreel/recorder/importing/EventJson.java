package org.pgreel.recorder.importing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.SessionTotals;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening.Role;

/** One event from its line of JSON. Whoever appends it gives it session and sequence. */
final class EventJson {

    private final Map<String, Object> json;

    EventJson(Map<String, Object> json) {
        this.json = json;
    }

    long session() {
        return number("session", 1);
    }

    /** Returns the event; null if the line is not one but there to be read. */
    @Nullable
    SessionEvent event() {
        long nanos = number("nanos", 0);
        return switch (text("event")) {
            case "message" -> null;
            case "session-opened" -> opened(nanos);
            case "connection-opened" -> new ConnectionOpened(0, 0, nanos, connection());
            case "chunk" -> chunk(nanos);
            case "tls-requested" -> new TlsRequested(0, 0, nanos, connection());
            case "tls-established" -> new TlsEstablished(0, 0, nanos, connection(), text("protocol"), text("cipher"));
            case "tls-failed" -> new TlsFailed(0, 0, nanos, connection(), text("kind"));
            case "callback" -> new CallbackFired(0, 0, nanos, word("kind", CallbackKind.class), text("detail"));
            case "operation-submitted" -> new OperationSubmitted(0, 0, nanos, number("operation", 0), text("kind"));
            case "operation-completed" -> new OperationCompleted(0, 0, nanos, number("operation", 0), text("outcome"));
            case "fault" ->
                new FaultInjected(0, 0, nanos, connection(), direction(), number("offset", 0), text("fault"));
            case "marker" -> new Marker(0, 0, nanos, text("note"));
            case "damaged" -> new RecordingDamaged(0, 0, nanos, text("reason"));
            case "connection-closed" ->
                new ConnectionClosed(0, 0, nanos, connection(), word("how", EndKind.class), word("by", By.class));
            case "session-closed" -> closed(nanos);
            default -> throw new ImportException("\"" + text("event") + "\" is no event");
        };
    }

    private SessionEvent opened(long nanos) {
        Map<String, String> startup = new LinkedHashMap<>();
        if (json.get("startup") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> startup.put(String.valueOf(name), String.valueOf(value)));
        }
        try {
            Instant wallClock = Instant.parse(text("opened"));
            return new SessionOpened(
                    0,
                    0,
                    nanos,
                    wallClock,
                    text("run"),
                    word("role", Role.class),
                    text("client"),
                    text("server"),
                    startup);
        } catch (DateTimeException e) {
            throw new ImportException("opened is no time");
        }
    }

    private SessionEvent chunk(long nanos) {
        String hex = text("bytes");
        if (hex.length() / 2 > EventFormat.CHUNK_BYTES_MAX) {
            throw new ImportException("a chunk is longer than " + EventFormat.CHUNK_BYTES_MAX + " bytes");
        }
        Bytes bytes;
        try {
            bytes = Bytes.ofHex(hex);
        } catch (IllegalArgumentException e) {
            throw new ImportException("bytes are hexadecimal digits");
        }
        List<MaskedSpan> masked = masked(bytes.length());
        long before = number("messagesBefore", 0);
        int first = (int) number("firstBoundary", -1, -1, bytes.length());
        return direction() == Direction.FRONTEND
                ? new ChunkWritten(0, 0, nanos, connection(), bytes, masked, before, first)
                : new ChunkRead(0, 0, nanos, connection(), bytes, masked, before, first);
    }

    private List<MaskedSpan> masked(int length) {
        List<MaskedSpan> spans = new ArrayList<>();
        List<?> given = json.get("masked") instanceof List<?> list ? list : List.of();
        for (int i = 0; i + 2 < given.size(); i += 3) {
            int offset = (int) number(given.get(i), 0, length - 1L, "masked");
            int span = (int) number(given.get(i + 1), 1, (long) length - offset, "masked");
            spans.add(new MaskedSpan(offset, span, word(String.valueOf(given.get(i + 2)), MaskKind.class, "masked")));
        }
        return spans;
    }

    private SessionEvent closed(long nanos) {
        EndKind how = json.containsKey("how") ? word("how", EndKind.class) : null;
        var totals = new SessionTotals(of("bytes", 0), of("bytes", 1), of("messages", 0), of("messages", 1));
        return new SessionClosed(0, 0, nanos, word("by", By.class), how, totals);
    }

    private long of(String name, int index) {
        if (json.get(name) instanceof List<?> list && list.size() == 2) {
            return number(list.get(index), 0, Long.MAX_VALUE, name);
        }
        throw new ImportException(name + " are two numbers");
    }

    private int connection() {
        return (int) number("connection", 1, 0, Integer.MAX_VALUE);
    }

    private Direction direction() {
        return switch (text("from")) {
            case "F" -> Direction.FRONTEND;
            case "B" -> Direction.BACKEND;
            default -> throw new ImportException("from is F or B");
        };
    }

    private String text(String name) {
        Object value = json.get(name);
        if (value instanceof String text) {
            return text;
        }
        throw new ImportException("the text \"" + name + "\" is missing");
    }

    private long number(String name, long otherwise) {
        return number(name, otherwise, 0, Long.MAX_VALUE);
    }

    private long number(String name, long otherwise, long least, long most) {
        Object value = json.get(name);
        return value == null ? otherwise : number(value, least, most, name);
    }

    private static long number(Object value, long least, long most, String name) {
        try {
            if (value instanceof BigDecimal decimal && decimal.precision() < 32 && Math.abs(decimal.scale()) < 32) {
                long number = decimal.longValueExact();
                if (number >= least && number <= most) {
                    return number;
                }
            }
        } catch (ArithmeticException e) {
            throw new ImportException(name + " is no whole number of 64 bits");
        }
        throw new ImportException(name + " is no number from " + least + " to " + most);
    }

    private <E extends Enum<E>> E word(String name, Class<E> words) {
        return word(text(name), words, name);
    }

    private static <E extends Enum<E>> E word(String spelling, Class<E> words, String name) {
        for (E word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(spelling)) {
                return word;
            }
        }
        throw new ImportException(name + " is not one that is known: \"" + spelling + "\"");
    }
}
