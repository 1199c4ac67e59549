package org.pgreel.recorder.event;

import java.time.Instant;
import java.util.Map;
import org.pgreel.recorder.event.SessionEvent.Handler;
import org.pgreel.tap.EndKind;

/** Writes each kind of event by the means of an {@link EventWriter}. */
final class EventEncoder implements Handler<EventWriter> {

    private static final int NANOS_A_MICRO = 1_000;
    private static final long MICROS_A_SECOND = 1_000_000;

    private final EventWriter out;

    EventEncoder(EventWriter out) {
        this.out = out;
    }

    @Override
    public EventWriter onSessionOpened(SessionOpened event) {
        out.begin(EventFormat.SESSION_OPENED, event.nanos());
        out.int8(micros(event.wallClock()));
        out.text(event.run());
        out.int1(EventCodes.of(event.role()));
        out.text(event.clientAddress());
        out.text(event.serverAddress());
        out.int4(event.startup().size());
        for (Map.Entry<String, String> parameter : event.startup().entrySet()) {
            out.text(parameter.getKey());
            out.text(parameter.getValue());
        }
        out.end();
        return out;
    }

    /** Without a detour over nanoseconds, which a long holds for three centuries only. */
    private static long micros(Instant time) {
        int micros = time.getNano() / NANOS_A_MICRO;
        long seconds = time.getEpochSecond();
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, MICROS_A_SECOND), micros - MICROS_A_SECOND)
                : Math.addExact(Math.multiplyExact(seconds, MICROS_A_SECOND), micros);
    }

    @Override
    public EventWriter onConnectionOpened(ConnectionOpened event) {
        out.begin(EventFormat.CONNECTION_OPENED, event.nanos());
        out.int4(event.connection());
        out.end();
        return out;
    }

    @Override
    public EventWriter onChunkWritten(ChunkWritten event) {
        return chunk(EventFormat.CHUNK_WRITTEN, event);
    }

    @Override
    public EventWriter onChunkRead(ChunkRead event) {
        return chunk(EventFormat.CHUNK_READ, event);
    }

    private EventWriter chunk(int type, Chunk event) {
        out.begin(type, event.nanos());
        out.int4(event.connection());
        out.int4(event.bytes().length());
        out.bytes(event.bytes());
        out.int8(event.messagesBefore());
        out.int4(event.firstBoundary());
        out.int4(event.masked().size());
        for (MaskedSpan span : event.masked()) {
            out.span(span.offset(), span.length(), span.kind());
        }
        out.end();
        return out;
    }

    @Override
    public EventWriter onTlsRequested(TlsRequested event) {
        out.begin(EventFormat.TLS_REQUESTED, event.nanos());
        out.int4(event.connection());
        out.end();
        return out;
    }

    @Override
    public EventWriter onTlsEstablished(TlsEstablished event) {
        out.begin(EventFormat.TLS_ESTABLISHED, event.nanos());
        out.int4(event.connection());
        out.text(event.protocol());
        out.text(event.cipher());
        out.end();
        return out;
    }

    @Override
    public EventWriter onTlsFailed(TlsFailed event) {
        out.begin(EventFormat.TLS_FAILED, event.nanos());
        out.int4(event.connection());
        out.text(event.kind());
        out.end();
        return out;
    }

    @Override
    public EventWriter onCallbackFired(CallbackFired event) {
        out.callbackFired(event.nanos(), event.kind(), event.detail());
        return out;
    }

    @Override
    public EventWriter onOperationSubmitted(OperationSubmitted event) {
        out.operationSubmitted(event.nanos(), event.operation(), event.kind());
        return out;
    }

    @Override
    public EventWriter onOperationCompleted(OperationCompleted event) {
        out.operationCompleted(event.nanos(), event.operation(), event.outcome());
        return out;
    }

    @Override
    public EventWriter onFaultInjected(FaultInjected event) {
        out.begin(EventFormat.FAULT_INJECTED, event.nanos());
        out.int4(event.connection());
        out.int1(event.direction().letter());
        out.int8(event.offset());
        out.text(event.fault());
        out.end();
        return out;
    }

    @Override
    public EventWriter onMarker(Marker event) {
        out.begin(EventFormat.MARKER, event.nanos());
        out.text(event.note());
        out.end();
        return out;
    }

    @Override
    public EventWriter onRecordingDamaged(RecordingDamaged event) {
        out.begin(EventFormat.RECORDING_DAMAGED, event.nanos());
        out.text(event.reason());
        out.end();
        return out;
    }

    @Override
    public EventWriter onConnectionClosed(ConnectionClosed event) {
        out.begin(EventFormat.CONNECTION_CLOSED, event.nanos());
        out.int4(event.connection());
        out.int1(EventCodes.of(event.how()));
        out.int1(EventCodes.of(event.by()));
        out.end();
        return out;
    }

    @Override
    public EventWriter onSessionClosed(SessionClosed event) {
        out.begin(EventFormat.SESSION_CLOSED, event.nanos());
        out.int1(EventCodes.of(event.by()));
        EndKind how = event.how();
        out.int1(how == null ? 0 : EventCodes.of(how));
        out.int8(event.totals().bytesWritten());
        out.int8(event.totals().bytesRead());
        out.int8(event.totals().messagesWritten());
        out.int8(event.totals().messagesRead());
        out.end();
        return out;
    }

    @Override
    public EventWriter otherwise(SessionEvent event) {
        throw new AssertionError("no binary form for " + event.getClass().getSimpleName() + "; please report this");
    }
}
