package org.pgreel.recorder.tape;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import org.pgreel.protocol.wire.Direction;

/** Gathers the events of a block in columns and packs them. Confined to one thread. */
final class BlockColumns {

    private static final long MICROSECOND = 1_000;

    private final Map<BlockColumn, GrowingBytes> columns = new EnumMap<>(BlockColumn.class);
    private final NumberTemplates templates;
    private final ScatteredNumbers fresh;
    private final ScatteredNumbers scattered;
    private final GrowingBytes template = new GrowingBytes();
    private final GrowingBytes block = new GrowingBytes();
    private final byte[] packed = new byte[64 * 1024];
    private long[] times = new long[1024];
    private int timesCount;
    private long held;

    BlockColumns() {
        for (BlockColumn column : BlockColumn.values()) {
            columns.put(column, new GrowingBytes());
        }
        fresh = new ScatteredNumbers(column(BlockColumn.NEW), column(BlockColumn.NEW_BITS));
        scattered = new ScatteredNumbers(column(BlockColumn.TIMES), column(BlockColumn.TIME_BITS));
        templates = new NumberTemplates(column(BlockColumn.NUMBERS), fresh);
    }

    private GrowingBytes column(BlockColumn column) {
        return Objects.requireNonNull(columns.get(column));
    }

    /** Returns about how much it holds, in bytes before they are packed. */
    long held() {
        return held + meta().length();
    }

    void kind(int octet) {
        column(BlockColumn.KINDS).octet(octet);
        held++;
    }

    GrowingBytes meta() {
        return column(BlockColumn.META);
    }

    /** Adds what passed since the event before, in nanoseconds. */
    void time(long delta) {
        if (timesCount == times.length) {
            times = Arrays.copyOf(times, 2 * timesCount);
        }
        times[timesCount++] = delta;
        held += Long.BYTES;
    }

    /** Adds the bytes of a chunk that is so many whole messages, or 0. */
    void chunk(Direction direction, byte[] bytes, int messages) {
        GrowingBytes to = column(direction == Direction.FRONTEND ? BlockColumn.FRONTEND : BlockColumn.BACKEND);
        held += bytes.length;
        int at = 0;
        for (int message = 0; message < messages; message++) {
            int end = TypedMessages.end(bytes, at);
            template.clear();
            templates.add(bytes, at + TypedMessages.HEADER_BYTES, end, template);
            to.octet(bytes[at]);
            to.number(template.length());
            to.bytes(template.array(), 0, template.length());
            at = end;
        }
        templates.add(bytes, at, bytes.length, to);
    }

    /** Returns the block as it stands in the file, header and all; the columns are empty again. */
    GrowingBytes packed() {
        long unit = MICROSECOND;
        for (int i = 0; i < timesCount && unit > 1; i++) {
            unit = times[i] % MICROSECOND == 0 ? MICROSECOND : 1;
        }
        for (int i = 0; i < timesCount; i++) {
            scattered.add(times[i] / unit);
        }
        scattered.end();
        fresh.end();
        ByteBuffer header = ByteBuffer.allocate(1 + BlockHeader.bytes(BinaryTape.VERSION));
        header.put((byte) BinaryTape.BLOCK).putInt((int) unit);
        block.clear();
        block.bytes(header.array(), 0, header.capacity());
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            for (GrowingBytes column : columns.values()) {
                header.putInt(column.length());
                deflater.reset();
                deflater.setInput(column.array(), 0, column.length());
                deflater.finish();
                pack(deflater);
                column.clear();
            }
        } finally {
            deflater.end();
        }
        header.putInt(block.length() - header.capacity());
        System.arraycopy(header.array(), 0, block.array(), 0, header.capacity());
        templates.clear();
        timesCount = 0;
        held = 0;
        return block;
    }

    private void pack(Deflater deflater) {
        int length = deflater.deflate(packed);
        while (length > 0) {
            block.bytes(packed, 0, length);
            length = deflater.deflate(packed);
        }
    }
}
