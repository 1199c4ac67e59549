package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.recorder.Chapters;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.tap.EndKind;

/** Reads the events of one recorded session into its connections. */
final class SessionReader implements SessionEvent.Handler<SessionReader> {
    private final int session;
    private final ConnectionDecoder.Numbers numbers = new ConnectionDecoder.Numbers();
    private final Map<Integer, ConnectionDecoder> decoders = new LinkedHashMap<>();
    private final Map<Integer, ConnectionClosed> ends = new LinkedHashMap<>();
    private final List<Chapter> chapters = new ArrayList<>();
    private String run = "";
    private long lastNanos;

    SessionReader(int session) {
        this.session = session;
    }

    /** Returns the connections whose events were read, in the order in which they began. */
    List<DecodedConnection> connections() {
        var connections = new ArrayList<DecodedConnection>();
        decoders.forEach((ordinal, decoder) -> {
            ConnectionClosed end = ends.get(ordinal);
            connections.add(new DecodedConnection(
                    new RecordedConnectionId(session, ordinal),
                    run,
                    decoder,
                    end == null ? Ending.Kind.CLIENT_LOST : kind(end),
                    end == null ? lastNanos : end.nanos(),
                    List.copyOf(chapters)));
        });
        return connections;
    }

    private static Ending.Kind kind(ConnectionClosed end) {
        boolean reset = end.how() == EndKind.RESET;
        return switch (end.by()) {
            case SERVER -> reset ? Ending.Kind.SERVER_RESET : Ending.Kind.SERVER_CLOSED;
            case CLIENT -> reset ? Ending.Kind.CLIENT_LOST : Ending.Kind.CLIENT;
            case PROXY -> Ending.Kind.CLIENT_LOST;
        };
    }

    @Override
    public SessionReader onSessionOpened(SessionOpened event) {
        run = event.run();
        return otherwise(event);
    }

    @Override
    public SessionReader onChunkWritten(ChunkWritten event) {
        return chunk(event);
    }

    @Override
    public SessionReader onChunkRead(ChunkRead event) {
        return chunk(event);
    }

    private SessionReader chunk(Chunk chunk) {
        decoders.computeIfAbsent(chunk.connection(), ordinal -> new ConnectionDecoder(numbers))
                .chunk(chunk.direction(), chunk.bytes(), chunk.nanos());
        return otherwise(chunk);
    }

    @Override
    public SessionReader onMarker(Marker event) {
        String name = Chapters.named(event.note());
        if (name != null) {
            chapters.add(new Chapter(numbers.last(), name));
        }
        return otherwise(event);
    }

    @Override
    public SessionReader onConnectionClosed(ConnectionClosed event) {
        ends.put(event.connection(), event);
        return otherwise(event);
    }

    @Override
    public SessionReader otherwise(SessionEvent event) {
        lastNanos = event.nanos();
        return this;
    }
}
