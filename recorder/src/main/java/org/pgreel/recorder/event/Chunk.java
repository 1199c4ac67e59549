package org.pgreel.recorder.event;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/** A chunk of either direction: what {@link ChunkWritten} and {@link ChunkRead} have in common. */
public sealed interface Chunk extends SessionEvent permits ChunkWritten, ChunkRead {

    /** Returns whose bytes these are. */
    Direction direction();

    /** Returns the ordinal of the connection within the session, from 1. */
    int connection();

    /** Returns the bytes, secrets masked. */
    Bytes bytes();

    /** Returns where the bytes are masked, in order. */
    List<MaskedSpan> masked();

    /** Returns how many messages of this direction were complete on this connection before this chunk. */
    long messagesBefore();

    /** Returns the offset in the chunk at which the first message begins, or -1 if none begins in it. */
    int firstBoundary();
}
