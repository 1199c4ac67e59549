package org.pgreel.recorder.diff;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;

/** What one connection says from one idle moment to the next. The two directions are kept apart: who is first is chance. */
final class Exchange {

    private final List<RecordedMessage> frontend = new ArrayList<>();
    private final List<RecordedMessage> backend = new ArrayList<>();
    private final StringBuilder key = new StringBuilder();

    void add(RecordedMessage message, String question) {
        (message.direction() == Direction.FRONTEND ? frontend : backend).add(message);
        if (!question.isEmpty()) {
            key.append(question).append('\n');
        }
    }

    List<RecordedMessage> frontend() {
        return frontend;
    }

    List<RecordedMessage> backend() {
        return backend;
    }

    /** Returns what was asked, by which it finds its counterpart. */
    String key() {
        return key.toString();
    }

    /** Returns its first message. */
    RecordedMessage first() {
        if (frontend.isEmpty()) {
            return backend.get(0);
        }
        return backend.isEmpty() || frontend.get(0).number() < backend.get(0).number()
                ? frontend.get(0)
                : backend.get(0);
    }

    /** Returns how long it took, in nanoseconds. */
    long nanos() {
        long last = backend.isEmpty()
                ? first().nanos()
                : backend.get(backend.size() - 1).nanos();
        return Math.max(0, last - first().nanos());
    }
}
