package org.pgreel.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.projection.Connections;
import org.pgreel.recorder.projection.ConnectionsProjection;
import org.pgreel.recorder.projection.LinesProjection;
import org.pgreel.recorder.projection.Projection;
import org.pgreel.recorder.recording.RecordedMessage;

/** The rows of a session's page: its messages and events, with what each message changed in the state of its connection. */
final class ReportRows implements Projection<Connections> {

    /** Takes the rows, in order. */
    interface Sink {
        /** Takes a row, made of maps, lists, words and numbers; the first has the number 0. */
        void row(int number, Map<String, Object> row);
    }

    private static final int LINE_CHARACTERS_MAX = 4_000;
    /** What stands beside the message already, or never changes within a page. */
    private static final List<String> LEFT_OUT = List.of("connection", "readyOwed");

    private final ConnectionsProjection inner = new ConnectionsProjection();
    /** The fields of each connection behind its last message, in JSON: what they are made of may go on changing. */
    private final Map<Integer, Map<String, String>> states = new HashMap<>();

    private final int rowsMax;
    private final Sink sink;
    private int rows;
    private long began = -1;

    ReportRows(int rowsMax, Sink sink) {
        this.rowsMax = rowsMax;
        this.sink = sink;
    }

    /** Tells whether there is room for no more. */
    boolean full() {
        return rows >= rowsMax;
    }

    @Override
    public Connections initial() {
        return inner.initial();
    }

    @Override
    public Connections copy(Connections state) {
        return inner.copy(state);
    }

    @Override
    public Connections event(Connections state, SessionEvent event) {
        if (began < 0) {
            began = event.nanos();
        }
        String words = event.dispatch(EventWords.INSTANCE);
        if (!words.isEmpty()) {
            var row = row("E", event.nanos(), words);
            if (event instanceof RecordingDamaged || event instanceof TlsFailed) {
                row.put("bad", true);
            }
            add(row);
        }
        return inner.event(state, event);
    }

    @Override
    public Connections message(Connections state, RecordedMessage message) {
        Connections after = inner.message(state, message);
        String line = LinesProjection.line(message);
        var row = row(
                String.valueOf(message.direction().letter()),
                message.nanos(),
                line.length() <= LINE_CHARACTERS_MAX
                        ? line
                        : line.substring(0, LINE_CHARACTERS_MAX) + "… " + line.length() + " characters");
        row.put("n", message.number());
        row.put("c", message.connection());
        row.put("b", message.end() - message.start());
        row.put("o", message.start());
        if (!(message.content() instanceof RecordedMessage.Decoded)) {
            row.put("bad", true);
        }
        Map<String, Object> changed = changed(after, message.connection());
        if (!changed.isEmpty()) {
            row.put("s", changed);
        }
        add(row);
        return after;
    }

    private Map<String, Object> row(String side, long nanos, String line) {
        var row = new LinkedHashMap<String, Object>();
        row.put("d", side);
        row.put("t", nanos - began);
        row.put("l", line);
        return row;
    }

    private void add(Map<String, Object> row) {
        if (!full()) {
            sink.row(rows, row);
            rows++;
        }
    }

    /** Returns those fields of the connection's state that are not as they were behind its message before. */
    private Map<String, Object> changed(Connections after, int ordinal) {
        Map<String, Object> now = StateDocument.connection(after, ordinal);
        LEFT_OUT.forEach(now::remove);
        Map<String, String> before = states.computeIfAbsent(ordinal, key -> new HashMap<>());
        var changed = new LinkedHashMap<String, Object>();
        now.forEach((name, value) -> {
            String json = Json.line(value);
            if (!json.equals(before.put(name, json))) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    /** Says in a few words what happened beside the messages. */
    private static final class EventWords implements SessionEvent.Handler<String> {
        static final EventWords INSTANCE = new EventWords();

        @Override
        public String onConnectionOpened(ConnectionOpened event) {
            return "connected" + (event.connection() == 1 ? "" : " (connection " + event.connection() + ")");
        }

        @Override
        public String onConnectionClosed(ConnectionClosed event) {
            return "ended: " + event.how() + " by " + event.by();
        }

        @Override
        public String onTlsEstablished(TlsEstablished event) {
            return "tls " + event.protocol() + " " + event.cipher();
        }

        @Override
        public String onTlsFailed(TlsFailed event) {
            return "tls failed: " + event.kind();
        }

        @Override
        public String onCallbackFired(CallbackFired event) {
            return "callback " + event.kind() + " " + event.detail();
        }

        @Override
        public String onOperationSubmitted(OperationSubmitted event) {
            return "operation " + event.operation() + " submitted: " + event.kind();
        }

        @Override
        public String onOperationCompleted(OperationCompleted event) {
            return "operation " + event.operation() + " completed: " + event.outcome();
        }

        @Override
        public String onFaultInjected(FaultInjected event) {
            return "fault: " + event.fault();
        }

        @Override
        public String onMarker(Marker event) {
            return "note: " + event.note();
        }

        @Override
        public String onRecordingDamaged(RecordingDamaged event) {
            return "recording damaged: " + event.reason();
        }

        @Override
        public String otherwise(SessionEvent event) {
            return "";
        }
    }
}
