package org.pgreel.recorder.tape;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.SessionEvent;

/**
 * Rebuilds the events of one session as they are read from a tape: numbers them, chains them, and gathers them into
 * records such as a journal has. Confined to one thread.
 */
final class SessionEvents {

    /** A record is complete when it holds so much. */
    private static final int RECORD_BYTES = 64 * 1024;

    private static final int CONNECTIONS_MAX = 10_000;

    private final long session;
    private final EventWriter writer;
    private final MarkDerivation derivation = new MarkDerivation();
    private final Deque<byte[]> records = new ArrayDeque<>();
    private long nanos;

    SessionEvents(long session) {
        this.session = session;
        this.writer = new EventWriter(session);
    }

    long session() {
        return session;
    }

    long nextSequence() {
        return writer.nextSequence();
    }

    /** Returns the time of the last event. */
    long nanos() {
        return nanos;
    }

    /**
     * Adds an event, whatever session and sequence it bears.
     *
     * @throws TapeProblem if no journal could hold it there
     */
    void add(SessionEvent event) {
        if (event.nanos() < nanos) {
            throw new TapeProblem("an event is earlier than the one before it");
        }
        nanos = event.nanos();
        int before = writer.length();
        writer.write(Restamped.of(event, session, writer.nextSequence()));
        if (writer.length() - before > EventFormat.EVENT_BYTES_MAX) {
            throw new TapeProblem("an event is longer than " + EventFormat.EVENT_BYTES_MAX + " bytes");
        }
        if (event instanceof ConnectionClosed closed) {
            derivation.ended(closed.connection());
        }
        if (writer.length() >= RECORD_BYTES) {
            cut();
        }
    }

    /**
     * Adds a chunk.
     *
     * @param marks what it says of itself; null for what a recorder would have said
     */
    void chunk(Direction direction, long at, int connection, Bytes bytes, @Nullable ChunkMarks marks) {
        ChunkMarks derived = derivation.next(direction, connection, bytes);
        if (derivation.connections() > CONNECTIONS_MAX) {
            throw new TapeProblem("a session has more than " + CONNECTIONS_MAX + " connections at a time");
        }
        ChunkMarks said = marks == null ? derived : marks;
        requireInside(said, bytes.length());
        add(
                direction == Direction.FRONTEND
                        ? new ChunkWritten(
                                session,
                                0,
                                at,
                                connection,
                                bytes,
                                said.masked(),
                                said.messagesBefore(),
                                said.firstBoundary())
                        : new ChunkRead(
                                session,
                                0,
                                at,
                                connection,
                                bytes,
                                said.masked(),
                                said.messagesBefore(),
                                said.firstBoundary()));
    }

    private static void requireInside(ChunkMarks marks, int length) {
        for (MaskedSpan span : marks.masked()) {
            if (span.offset() > length - span.length()) {
                throw new TapeProblem("a masked span does not lie in its chunk");
            }
        }
    }

    /** The session has no further event. */
    void end() {
        if (writer.length() > 0) {
            cut();
        }
    }

    private void cut() {
        records.add(Arrays.copyOf(writer.buffer(), writer.length()));
        writer.commit();
    }

    /** Returns the next record; null if none is complete. */
    byte @Nullable [] poll() {
        return records.poll();
    }
}
