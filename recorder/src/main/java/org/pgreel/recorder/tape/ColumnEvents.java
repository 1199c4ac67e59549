package org.pgreel.recorder.tape;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.EventFormat;

/** The events of a block that {@link BlockColumns} gathered. */
final class ColumnEvents implements PackedEvents {

    private final byte[] bytes;
    private final long unit;
    private final Map<BlockColumn, PackedNumbers> columns = new EnumMap<>(BlockColumn.class);
    private final PackedNumbers kinds;
    private final PackedNumbers meta;
    private final GatheredNumbers times;
    private final FilledTemplates templates;
    private final GrowingBytes chunk = new GrowingBytes();
    private boolean first;

    ColumnEvents(byte[] bytes, BlockHeader sizes) {
        this.bytes = bytes;
        this.unit = sizes.unit();
        int from = 0;
        int part = 0;
        for (BlockColumn column : BlockColumn.values()) {
            int to = from + sizes.parts()[part++];
            columns.put(column, new PackedNumbers(bytes, from, to));
            from = to;
        }
        kinds = column(BlockColumn.KINDS);
        meta = column(BlockColumn.META);
        times = new GatheredNumbers(column(BlockColumn.TIMES), column(BlockColumn.TIME_BITS));
        templates = new FilledTemplates(
                column(BlockColumn.NUMBERS),
                new GatheredNumbers(column(BlockColumn.NEW), column(BlockColumn.NEW_BITS)));
    }

    private PackedNumbers column(BlockColumn column) {
        return Objects.requireNonNull(columns.get(column));
    }

    @Override
    public boolean more() {
        return kinds.more();
    }

    @Override
    public boolean sessionBegins() {
        return bytes[kinds.at()] == PackedEvent.SESSION;
    }

    @Override
    public void passSession() {
        kinds.octet();
        first = true;
    }

    @Override
    public void requireExhausted() {
        for (PackedNumbers column : columns.values()) {
            if (column.more()) {
                throw new TapeProblem("a block holds bytes that belong to no event");
            }
        }
    }

    @Override
    public void next(@Nullable SessionEvents to, boolean owned) {
        if (!owned) {
            throw new TapeProblem("an event belongs to no session");
        }
        int kind = kinds.octet();
        long delta = first ? meta.number() : Math.multiplyExact(times.next(), unit);
        first = false;
        int type = PackedEvent.type(kind, delta);
        if (PackedEvent.isChunk(type)) {
            chunk(kind, delta, to);
        } else {
            PackedEvent.other(meta, bytes, type, delta, to);
        }
    }

    private void chunk(int kind, long delta, @Nullable SessionEvents to) {
        int connection = PackedEvent.connection(kind, meta);
        boolean written = (kind & PackedEvent.KIND_MASK) == PackedEvent.CHUNK_WRITTEN;
        PackedNumbers said = column(written ? BlockColumn.FRONTEND : BlockColumn.BACKEND);
        chunk.clear();
        if ((kind & PackedEvent.WHOLE_MESSAGES) != 0) {
            int messages = meta.number(1, EventFormat.CHUNK_BYTES_MAX, "a count of messages");
            for (int message = 0; message < messages; message++) {
                message(said);
            }
        } else {
            int length = meta.number(0, EventFormat.CHUNK_BYTES_MAX, "a chunk");
            while (chunk.length() < length) {
                templates.next(said, chunk);
            }
            requireLength(chunk.length() == length);
        }
        ChunkMarks marks = (kind & PackedEvent.OWN_MARKS) != 0 ? PackedEvent.marks(meta, chunk.length()) : null;
        if (to != null) {
            Direction direction = written ? Direction.FRONTEND : Direction.BACKEND;
            Bytes copy = Bytes.copyOf(chunk.array(), 0, chunk.length());
            to.chunk(direction, Math.addExact(to.nanos(), delta), connection, copy, marks);
        }
    }

    private void message(PackedNumbers said) {
        chunk.octet(said.octet());
        int lengthAt = chunk.length();
        for (int i = 0; i < TypedMessages.LENGTH_BYTES; i++) {
            chunk.octet(0);
        }
        int template = said.number(0, EventFormat.CHUNK_BYTES_MAX, "a message");
        for (int i = 0; i < template; i++) {
            templates.next(said, chunk);
            requireLength(chunk.length() <= EventFormat.CHUNK_BYTES_MAX);
        }
        int length = chunk.length() - lengthAt;
        for (int i = 0; i < TypedMessages.LENGTH_BYTES; i++) {
            chunk.array()[lengthAt + i] = (byte) (length >>> 8 * (TypedMessages.LENGTH_BYTES - 1 - i));
        }
    }

    private static void requireLength(boolean fits) {
        if (!fits) {
            throw new TapeProblem("the bytes of a chunk are not as long as they are announced");
        }
    }
}
