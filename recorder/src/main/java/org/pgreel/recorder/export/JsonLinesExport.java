package org.pgreel.recorder.export;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
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
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * Writes every event as a JSON object on a line, and each message behind the chunk that completed it. Events are enough
 * to rebuild the session; messages are there to be read.
 */
final class JsonLinesExport implements SessionExport, SessionEvent.Handler<JsonFields> {

    private final TextLines out;
    private int session;

    JsonLinesExport(OutputStream out) {
        this.out = new TextLines(out);
    }

    @Override
    public void session(int number, Iterable<SessionEvent> events) {
        session = number;
        var messages = new MessageProjection(this::message);
        for (SessionEvent event : events) {
            out.line(event.dispatch(this).toString());
            event.dispatch(messages);
        }
    }

    private void message(RecordedMessage recorded) {
        JsonFields json = new JsonFields()
                .put("session", session)
                .put("event", "message")
                .put("nanos", recorded.nanos())
                .put("connection", recorded.connection())
                .put("number", recorded.number())
                .put("from", letter(recorded.direction()));
        if (recorded.content() instanceof RecordedMessage.Decoded decoded) {
            Message message = decoded.message();
            json.put("name", message.name());
            json.put("line", TranscriptWriter.line(recorded.direction(), message));
        } else if (recorded.content() instanceof RecordedMessage.Oversized oversized) {
            json.put("name", "oversized").put("type", String.valueOf((char) oversized.type()));
            json.put("length", oversized.length());
        } else if (recorded.content() instanceof RecordedMessage.Undecodable undecodable) {
            json.put("name", "undecodable").put("why", undecodable.why());
        }
        out.line(json.toString());
    }

    private static String letter(Direction direction) {
        return String.valueOf(direction.letter());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private JsonFields of(SessionEvent event, String kind) {
        return new JsonFields().put("session", session).put("event", kind).put("nanos", event.nanos());
    }

    private JsonFields on(SessionEvent event, String kind, int connection) {
        return of(event, kind).put("connection", connection);
    }

    @Override
    public JsonFields onSessionOpened(SessionOpened event) {
        return of(event, "session-opened")
                .put("opened", event.wallClock().toString())
                .put("run", event.run())
                .put("role", word(event.role()))
                .put("client", event.clientAddress())
                .put("server", event.serverAddress())
                .put("startup", event.startup());
    }

    @Override
    public JsonFields onConnectionOpened(ConnectionOpened event) {
        return on(event, "connection-opened", event.connection());
    }

    @Override
    public JsonFields onChunkWritten(ChunkWritten event) {
        return chunk(event);
    }

    @Override
    public JsonFields onChunkRead(ChunkRead event) {
        return chunk(event);
    }

    private JsonFields chunk(Chunk chunk) {
        List<Object> masked = new ArrayList<>();
        for (MaskedSpan span : chunk.masked()) {
            masked.add(span.offset());
            masked.add(span.length());
            masked.add(word(span.kind()));
        }
        return on(chunk, "chunk", chunk.connection())
                .put("from", letter(chunk.direction()))
                .put("bytes", chunk.bytes().hex())
                .put("messagesBefore", chunk.messagesBefore())
                .put("firstBoundary", chunk.firstBoundary())
                .put("masked", masked);
    }

    @Override
    public JsonFields onTlsRequested(TlsRequested event) {
        return on(event, "tls-requested", event.connection());
    }

    @Override
    public JsonFields onTlsEstablished(TlsEstablished event) {
        return on(event, "tls-established", event.connection())
                .put("protocol", event.protocol())
                .put("cipher", event.cipher());
    }

    @Override
    public JsonFields onTlsFailed(TlsFailed event) {
        return on(event, "tls-failed", event.connection()).put("kind", event.kind());
    }

    @Override
    public JsonFields onCallbackFired(CallbackFired event) {
        return of(event, "callback").put("kind", word(event.kind())).put("detail", event.detail());
    }

    @Override
    public JsonFields onOperationSubmitted(OperationSubmitted event) {
        return of(event, "operation-submitted")
                .put("operation", event.operation())
                .put("kind", event.kind());
    }

    @Override
    public JsonFields onOperationCompleted(OperationCompleted event) {
        return of(event, "operation-completed")
                .put("operation", event.operation())
                .put("outcome", event.outcome());
    }

    @Override
    public JsonFields onFaultInjected(FaultInjected event) {
        return on(event, "fault", event.connection())
                .put("from", letter(event.direction()))
                .put("offset", event.offset())
                .put("fault", event.fault());
    }

    @Override
    public JsonFields onMarker(Marker event) {
        return of(event, "marker").put("note", event.note());
    }

    @Override
    public JsonFields onRecordingDamaged(RecordingDamaged event) {
        return of(event, "damaged").put("reason", event.reason());
    }

    @Override
    public JsonFields onConnectionClosed(ConnectionClosed event) {
        return on(event, "connection-closed", event.connection())
                .put("how", word(event.how()))
                .put("by", word(event.by()));
    }

    @Override
    public JsonFields onSessionClosed(SessionClosed event) {
        var totals = event.totals();
        JsonFields json = of(event, "session-closed").put("by", word(event.by()));
        if (event.how() != null) {
            json.put("how", word(event.how()));
        }
        return json.put("bytes", List.of(totals.bytesWritten(), totals.bytesRead()))
                .put("messages", List.of(totals.messagesWritten(), totals.messagesRead()));
    }

    @Override
    public JsonFields otherwise(SessionEvent event) {
        throw new AssertionError("no line of JSON holds " + event.getClass().getSimpleName() + "; please report this");
    }
}
