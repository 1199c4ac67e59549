package org.pgreel.recorder.projection;

import java.util.HashMap;
import java.util.Map;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.RecordedMessage;

/** Tells where in a message each chunk of a session ended. Confined to one thread. */
final class ChunkEnds {

    private record Stream(int connection, Direction direction) {}

    private final Map<Stream, Long> bytes = new HashMap<>();
    private final Map<Stream, Long> complete = new HashMap<>();

    ChunkEnds() {}

    /** Goes on where the decoding of messages stood. */
    ChunkEnds(MessageProjection.Snapshot from) {
        from.decoders().forEach((connection, decoder) -> {
            resume(new Stream(connection, Direction.FRONTEND), decoder.frontend());
            resume(new Stream(connection, Direction.BACKEND), decoder.backend());
        });
    }

    private void resume(Stream stream, WireDecoder.HalfSnapshot half) {
        boolean between = half.splitter().header().isEmpty() && half.splitter().oversizedLeft() == 0;
        bytes.put(stream, half.position());
        complete.put(stream, between ? half.position() : half.splitter().frameStart());
    }

    /** Takes a message that is complete. */
    void message(RecordedMessage message) {
        complete.put(new Stream(message.connection(), message.direction()), message.end());
    }

    /** Takes a chunk, behind the messages that it completed, and returns how many bytes of the next message it held. */
    int after(Chunk chunk) {
        var stream = new Stream(chunk.connection(), chunk.direction());
        long end = bytes.merge(stream, (long) chunk.bytes().length(), Long::sum);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, end - complete.getOrDefault(stream, 0L)));
    }
}
