package org.pgreel.recorder.recording;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.SessionEvent;

/** Folds the events of a session into its connections. */
final class ConnectionFold implements SessionEvent.Handler<ConnectionFold> {

    private final Map<Integer, RecordedConnection> connections = new LinkedHashMap<>();

    Collection<RecordedConnection> connections() {
        return connections.values();
    }

    @Override
    public ConnectionFold onConnectionOpened(ConnectionOpened event) {
        connection(event.connection(), event.nanos());
        return this;
    }

    @Override
    public ConnectionFold onChunkWritten(ChunkWritten event) {
        return add(event, event.bytes().length(), 0);
    }

    @Override
    public ConnectionFold onChunkRead(ChunkRead event) {
        return add(event, 0, event.bytes().length());
    }

    private ConnectionFold add(Chunk chunk, long written, long read) {
        RecordedConnection before = connection(chunk.connection(), chunk.nanos());
        connections.put(
                before.ordinal(),
                new RecordedConnection(
                        before.ordinal(),
                        before.openedNanos(),
                        before.bytesWritten() + written,
                        before.bytesRead() + read,
                        before.how(),
                        before.by()));
        return this;
    }

    @Override
    public ConnectionFold onConnectionClosed(ConnectionClosed event) {
        RecordedConnection before = connection(event.connection(), event.nanos());
        connections.put(
                before.ordinal(),
                new RecordedConnection(
                        before.ordinal(),
                        before.openedNanos(),
                        before.bytesWritten(),
                        before.bytesRead(),
                        event.how(),
                        event.by()));
        return this;
    }

    @Override
    public ConnectionFold otherwise(SessionEvent event) {
        return this;
    }

    private RecordedConnection connection(int ordinal, long nanos) {
        return connections.computeIfAbsent(ordinal, o -> new RecordedConnection(o, nanos, 0, 0, null, null));
    }
}
