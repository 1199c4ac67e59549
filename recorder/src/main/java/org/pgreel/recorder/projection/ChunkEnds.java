package org.pgreel.recorder.projection;

import java.util.HashMap;
import java.util.Map;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.recording.RecordedMessage;

/** Tells where in a message each chunk of a session ended. Confined to one thread. */
final class ChunkEnds {

    private record Stream(int connection, Direction direction) {}

    private final Map<Stream, Long> bytes = new HashMap<>();
    private final Map<Stream, Long> complete = new HashMap<>();

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
