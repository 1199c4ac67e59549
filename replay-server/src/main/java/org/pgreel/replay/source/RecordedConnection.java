package org.pgreel.replay.source;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.report.RecordedConnectionId;

/**
 * The bytes of one recorded connection, in the order in which they were recorded.
 *
 * @param id where it was recorded
 * @param chunks its bytes, both directions, after TLS
 * @param ending how it ended
 * @param endNanos when it ended, on the clock of the chunks
 */
public record RecordedConnection(RecordedConnectionId id, List<Chunk> chunks, Ending.Kind ending, long endNanos) {

    /** Copies the list. */
    public RecordedConnection {
        chunks = List.copyOf(chunks);
    }

    /**
     * Some bytes of one direction.
     *
     * @param direction who sent them
     * @param bytes the bytes, secrets masked
     * @param nanos when they passed, in nanoseconds of a clock that all connections of the recording share
     */
    public record Chunk(Direction direction, Bytes bytes, long nanos) {}
}
