package org.pgreel.recorder.tape;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.EventReader;
import org.pgreel.recorder.event.MalformedEventException;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;

/** The events of one block of a binary tape. The bytes may be hostile: each length is checked before it is used. */
final class PackedEvents {

    private static final int JOURNAL_HEADER_BYTES = 30;
    private static final int JOURNAL_CHECKSUM_BYTES = 4;

    private final byte[] bytes;
    private final PackedNumbers meta;
    private final int frontendEnd;
    private final int backendEnd;
    private int frontendAt;
    private int backendAt;

    PackedEvents(byte[] bytes, BlockHeader sizes) {
        this.bytes = bytes;
        this.meta = new PackedNumbers(bytes, 0, sizes.meta());
        this.frontendAt = sizes.meta();
        this.frontendEnd = frontendAt + sizes.frontend();
        this.backendAt = frontendEnd;
        this.backendEnd = frontendEnd + sizes.backend();
    }

    boolean more() {
        return meta.more();
    }

    boolean sessionBegins() {
        return bytes[meta.at()] == BinaryTape.SESSION;
    }

    void passSession() {
        meta.octet();
    }

    void requireExhausted() {
        if (frontendAt != frontendEnd || backendAt != backendEnd) {
            throw new TapeProblem("a block holds bytes that belong to no chunk");
        }
    }

    /**
     * Reads the next event.
     *
     * @param to whose event it is; null if it is not wanted
     * @param owned whether there is a session whose event it can be
     */
    void next(@Nullable SessionEvents to, boolean owned) {
        if (!owned) {
            throw new TapeProblem("an event belongs to no session");
        }
        int kind = meta.octet();
        long delta = meta.number();
        if (delta < 0) {
            throw new TapeProblem("an event is earlier than the one before it");
        }
        int type = kind & BinaryTape.KIND_MASK;
        if (type == BinaryTape.CHUNK_WRITTEN || type == BinaryTape.CHUNK_READ) {
            chunk(kind, delta, to);
        } else if (kind != type) {
            throw new TapeProblem(kind + " stands for no kind of event");
        } else {
            other(type, delta, to);
        }
    }

    private void chunk(int kind, long delta, @Nullable SessionEvents to) {
        boolean other = (kind & BinaryTape.OTHER_CONNECTION) != 0;
        int connection = other ? meta.number(0, Integer.MAX_VALUE, "a connection") : 1;
        int length = meta.number(0, EventFormat.CHUNK_BYTES_MAX, "a chunk");
        boolean written = (kind & BinaryTape.KIND_MASK) == BinaryTape.CHUNK_WRITTEN;
        Bytes chunk = taken(written, length);
        ChunkMarks marks = (kind & BinaryTape.OWN_MARKS) != 0 ? marks(length) : null;
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

    private ChunkMarks marks(int length) {
        long messagesBefore = meta.number();
        int firstBoundary = meta.number(0, length + 1, "a boundary") - 1;
        int count = meta.number(0, length, "a count of masked spans");
        List<MaskedSpan> masked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int offset = meta.number(0, length, "an offset");
            int span = meta.number(1, length, "a masked span");
            masked.add(new MaskedSpan(offset, span, kind(meta.octet())));
        }
        return new ChunkMarks(messagesBefore, firstBoundary, masked);
    }

    private static MaskKind kind(int code) {
        for (MaskKind kind : MaskKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new TapeProblem(code + " stands for no kind of secret");
    }

    /** Puts a header before the body, as a journal has it, so that the reader of journals can read it. */
    private void other(int type, long delta, @Nullable SessionEvents to) {
        int length = meta.number(0, EventFormat.EVENT_BYTES_MAX - JOURNAL_HEADER_BYTES, "an event");
        int from = meta.skip(length);
        if (to == null) {
            return;
        }
        int total = JOURNAL_HEADER_BYTES + length + JOURNAL_CHECKSUM_BYTES;
        ByteBuffer form = ByteBuffer.allocate(total);
        form.putInt(total - 4).put((byte) EventFormat.SCHEMA_VERSION).put((byte) type);
        form.putLong(to.session()).putLong(to.nextSequence()).putLong(Math.addExact(to.nanos(), delta));
        form.put(bytes, from, length);
        var reader = new EventReader(form.array(), 0, total);
        try {
            reader.next();
            to.add(reader.event());
        } catch (MalformedEventException e) {
            throw new TapeProblem("an event cannot be read: " + e.getMessage());
        }
    }
}
