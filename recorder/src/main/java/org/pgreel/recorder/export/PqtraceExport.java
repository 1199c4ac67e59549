package org.pgreel.recorder.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * Writes a session as a program does that calls PQtrace when it is connected: from behind the first ReadyForQuery, and
 * without CopyData.
 */
final class PqtraceExport implements SessionExport {

    private final OutputStream out;
    private final List<String> left;
    private final Set<Integer> ready = new HashSet<>();
    private int lost;

    PqtraceExport(OutputStream out, List<String> left) {
        this.out = out;
        this.left = left;
    }

    @Override
    public void session(int number, Iterable<SessionEvent> events) {
        var messages = new MessageProjection(this::message);
        for (SessionEvent event : events) {
            event.dispatch(messages);
            if (event instanceof ConnectionClosed closed) {
                ready.remove(closed.connection());
            }
        }
        if (lost > 0) {
            left.add(lost + " messages that cannot be read, or are too long, are left out.");
        }
    }

    private void message(RecordedMessage message) {
        if (!(message.content() instanceof RecordedMessage.Decoded decoded)) {
            lost++;
            return;
        }
        if (ready.contains(message.connection())) {
            byte[] line = PqtraceMessage.line(message.direction(), decoded.message());
            write(line == null ? new byte[0] : line);
        } else if (decoded.message() instanceof ReadyForQuery) {
            ready.add(message.connection());
        } else if (decoded.message() instanceof CancelRequest) {
            left.add("A CancelRequest is left out, which is on a connection of its own.");
        }
    }

    private void write(byte[] line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
