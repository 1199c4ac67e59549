package org.pgreel.recorder.tape;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.EventFormat;

/** The events of one block of a binary tape of version 1, which is no longer written. */
final class FirstPackedEvents implements PackedEvents {

    private final byte[] bytes;
    private final PackedNumbers meta;
    private final int frontendEnd;
    private final int backendEnd;
    private int frontendAt;
    private int backendAt;

    FirstPackedEvents(byte[] bytes, BlockHeader sizes) {
        this.bytes = bytes;
        int[] parts = sizes.parts();
        this.meta = new PackedNumbers(bytes, 0, parts[0]);
        this.frontendAt = parts[0];
        this.frontendEnd = frontendAt + parts[1];
        this.backendAt = frontendEnd;
        this.backendEnd = frontendEnd + parts[2];
    }

    @Override
    public boolean more() {
        return meta.more();
    }

    @Override
    public boolean sessionBegins() {
        return bytes[meta.at()] == PackedEvent.SESSION;
    }

    @Override
    public void passSession() {
        meta.octet();
    }

    @Override
    public void requireExhausted() {
        if (frontendAt != frontendEnd || backendAt != backendEnd) {
            throw new TapeProblem("a block holds bytes that belong to no chunk");
        }
    }

    @Override
    public void next(@Nullable SessionEvents to, boolean owned) {
        if (!owned) {
            throw new TapeProblem("an event belongs to no session");
        }
        int kind = meta.octet();
        long delta = meta.number();
        int type = PackedEvent.type(kind, delta);
        if (PackedEvent.isChunk(type)) {
            chunk(kind, delta, to);
        } else {
            PackedEvent.other(meta, bytes, type, delta, to);
        }
    }

    private void chunk(int kind, long delta, @Nullable SessionEvents to) {
        int connection = PackedEvent.connection(kind, meta);
        int length = meta.number(0, EventFormat.CHUNK_BYTES_MAX, "a chunk");
        boolean written = (kind & PackedEvent.KIND_MASK) == PackedEvent.CHUNK_WRITTEN;
        Bytes chunk = taken(written, length);
        ChunkMarks marks = (kind & PackedEvent.OWN_MARKS) != 0 ? PackedEvent.marks(meta, length) : null;
        if (to != null) {
            Direction direction = written ? Direction.FRONTEND : Direction.BACKEND;
            to.chunk(direction, Math.addExact(to.nanos(), delta), connection, chunk, marks);
        }
    }

    private Bytes taken(boolean written, int length) {
        int at = written ? frontendAt : backendAt;
        if (length > (written ? frontendEnd : backendEnd) - at) {
            throw new TapeProblem("a chunk announces more bytes than its block holds");
        }
        if (written) {
            frontendAt += length;
        } else {
            backendAt += length;
        }
        return Bytes.wrap(bytes, at, at + length);
    }
}
