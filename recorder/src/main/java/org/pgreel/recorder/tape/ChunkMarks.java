package org.pgreel.recorder.tape;

import java.util.List;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.MaskedSpan;

/**
 * What a chunk says of itself beside its bytes.
 *
 * @param messagesBefore how many messages its direction had completed before it
 * @param firstBoundary where in it the first message begins, or -1
 * @param masked where it is masked
 */
record ChunkMarks(long messagesBefore, int firstBoundary, List<MaskedSpan> masked) {

    ChunkMarks {
        masked = List.copyOf(masked);
    }

    static ChunkMarks of(Chunk chunk) {
        return new ChunkMarks(chunk.messagesBefore(), chunk.firstBoundary(), chunk.masked());
    }
}
