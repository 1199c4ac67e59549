package org.pgreel.recorder.event;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/**
 * Bytes of the frontend, as one socket read or write had them (after TLS), secrets masked in place.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param connection the ordinal of the connection within the session, from 1
 * @param bytes the bytes, masked
 * @param masked where they are masked, in order; empty if nowhere
 * @param messagesBefore how many messages the frontend had completed on this connection before this chunk
 * @param firstBoundary offset in the chunk at which the first message begins, or -1 if none begins in it
 */
public record ChunkWritten(
        long session,
        long sequence,
        long nanos,
        int connection,
        Bytes bytes,
        List<MaskedSpan> masked,
        long messagesBefore,
        int firstBoundary)
        implements Chunk {

    /** Keeps its own copy of the list. */
    public ChunkWritten {
        masked = List.copyOf(masked);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onChunkWritten(this);
    }

    @Override
    public Direction direction() {
        return Direction.FRONTEND;
    }
}
