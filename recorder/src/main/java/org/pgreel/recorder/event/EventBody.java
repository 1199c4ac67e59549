package org.pgreel.recorder.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.WireText;

/** Decodes the body of one event, never reading behind its end. */
final class EventBody {

    private static final int SPAN_BYTES = 9;
    private static final int PARAMETER_BYTES_MIN = 8;

    private final byte[] buffer;
    private final int to;
    private final long session;
    private final long sequence;
    private final long nanos;
    private int at;

    EventBody(byte[] buffer, int from, int to, long session, long sequence, long nanos) {
        this.buffer = buffer;
        this.at = from;
        this.to = to;
        this.session = session;
        this.sequence = sequence;
        this.nanos = nanos;
    }

    SessionEvent decode(int type) {
        return switch (type) {
            case EventFormat.SESSION_OPENED -> sessionOpened();
            case EventFormat.CONNECTION_OPENED -> new ConnectionOpened(session, sequence, nanos, int4());
            case EventFormat.CHUNK_WRITTEN, EventFormat.CHUNK_READ -> chunk(type);
            case EventFormat.TLS_REQUESTED -> new TlsRequested(session, sequence, nanos, int4());
            case EventFormat.TLS_ESTABLISHED -> new TlsEstablished(session, sequence, nanos, int4(), text(), text());
            case EventFormat.TLS_FAILED -> new TlsFailed(session, sequence, nanos, int4(), text());
            case EventFormat.CALLBACK_FIRED ->
                new CallbackFired(session, sequence, nanos, EventCodes.callback(int1()), text());
            case EventFormat.OPERATION_SUBMITTED -> new OperationSubmitted(session, sequence, nanos, int8(), text());
            case EventFormat.OPERATION_COMPLETED -> new OperationCompleted(session, sequence, nanos, int8(), text());
            case EventFormat.FAULT_INJECTED ->
                new FaultInjected(session, sequence, nanos, int4(), direction(int1()), int8(), text());
            case EventFormat.MARKER -> new Marker(session, sequence, nanos, text());
            case EventFormat.RECORDING_DAMAGED -> new RecordingDamaged(session, sequence, nanos, text());
            case EventFormat.CONNECTION_CLOSED ->
                new ConnectionClosed(session, sequence, nanos, int4(), EventCodes.how(int1()), EventCodes.by(int1()));
            case EventFormat.SESSION_CLOSED -> sessionClosed();
            default -> throw new MalformedEventException(type + " stands for no kind of event");
        };
    }

    void requireExhausted() {
        if (at != to) {
            throw new MalformedEventException("an event has " + (to - at) + " bytes too many");
        }
    }

    private SessionEvent sessionOpened() {
        Instant wallClock = instant(int8());
        String run = text();
        int role = int1();
        String clientAddress = text();
        String serverAddress = text();
        int count = count(PARAMETER_BYTES_MIN);
        Map<String, String> startup = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = text();
            startup.put(name, text());
        }
        return new SessionOpened(
                session, sequence, nanos, wallClock, run, EventCodes.role(role), clientAddress, serverAddress, startup);
    }

    private SessionEvent sessionClosed() {
        int by = int1();
        int how = int1();
        SessionTotals totals = new SessionTotals(int8(), int8(), int8(), int8());
        return new SessionClosed(
                session, sequence, nanos, EventCodes.by(by), how == 0 ? null : EventCodes.how(how), totals);
    }

    private SessionEvent chunk(int type) {
        int connection = int4();
        int length = int4();
        require(length, "a chunk");
        Bytes bytes = Bytes.wrap(buffer, at, at + length);
        at += length;
        long messagesBefore = int8();
        int firstBoundary = int4();
        List<MaskedSpan> spans = spans(length);
        return type == EventFormat.CHUNK_WRITTEN
                ? new ChunkWritten(session, sequence, nanos, connection, bytes, spans, messagesBefore, firstBoundary)
                : new ChunkRead(session, sequence, nanos, connection, bytes, spans, messagesBefore, firstBoundary);
    }

    private List<MaskedSpan> spans(int chunkLength) {
        int count = count(SPAN_BYTES);
        List<MaskedSpan> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int offset = int4();
            int length = int4();
            MaskKind kind = MaskKind.of(int1());
            if (kind == null || length < 1 || offset < 0 || offset > chunkLength - length) {
                throw new MalformedEventException("a masked span does not lie in its chunk");
            }
            spans.add(new MaskedSpan(offset, length, kind));
        }
        return spans;
    }

    private static Instant instant(long micros) {
        try {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedEventException("a time of day lies outside of the calendar");
        }
    }

    private static Direction direction(int letter) {
        for (Direction direction : Direction.values()) {
            if (direction.letter() == letter) {
                return direction;
            }
        }
        throw new MalformedEventException(letter + " stands for no direction");
    }

    private int count(int bytesEach) {
        int count = int4();
        if (count < 0 || count > (to - at) / bytesEach) {
            throw new MalformedEventException("an event announces " + count + " items that do not fit into it");
        }
        return count;
    }

    private String text() {
        int length = int4();
        require(length, "a text");
        String text = WireText.decode(buffer, at, at + length);
        at += length;
        return text;
    }

    private int int1() {
        require(1, "a number");
        return buffer[at++] & 0xff;
    }

    private int int4() {
        require(4, "a number");
        int value = ((buffer[at] & 0xff) << 24)
                | ((buffer[at + 1] & 0xff) << 16)
                | ((buffer[at + 2] & 0xff) << 8)
                | (buffer[at + 3] & 0xff);
        at += 4;
        return value;
    }

    private long int8() {
        return ((long) int4() << 32) | (int4() & 0xffffffffL);
    }

    private void require(int bytes, String what) {
        if (bytes < 0 || bytes > to - at) {
            throw new MalformedEventException(what + " of " + bytes + " bytes where " + (to - at) + " are left");
        }
    }
}
