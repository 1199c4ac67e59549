package org.pgreel.client.copy;

import org.pgreel.protocol.wire.Bytes;

/**
 * Binary format.
 *
 * <pre>
 *   header | PGCOPY \n 0xFF \r \n 0 | flags (Int32) | length of the extension (Int32) | extension |
 *   row    | count of cells (Int16) | length (Int32), -1 for NULL | value … |
 *   end    | -1 (Int16) |
 * </pre>
 */
final class BinaryRows extends CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;
    private static final int CRITICAL_FLAGS = 0xFFFF0000;
    private static final int EXTENSION_MAX = 64 << 10;
    private static final int END = 0xFFFF;

    private enum Part {
        HEADER,
        EXTENSION,
        COUNT,
        LENGTH,
        VALUE,
        NOTHING
    }

    private final CellBuffer part;
    private final int limit;
    private Part awaited = Part.HEADER;
    private int needed = HEADER;
    private int cellsLeft;
    private long rowBytes;

    BinaryRows(CopyRowReceiver receiver, int rowBytesMax) {
        super(receiver, 1);
        limit = rowBytesMax;
        part = new CellBuffer(Math.max(rowBytesMax, EXTENSION_MAX));
    }

    @Override
    public void data(Bytes data) {
        byte[] bytes = data.toArray();
        int at = 0;
        do {
            if (awaited == Part.NOTHING && at < bytes.length) {
                throw malformed("bytes behind the end of the data");
            }
            int taken = Math.min(needed - part.length(), bytes.length - at);
            part.add(bytes, at, taken, row());
            at += taken;
            while (awaited != Part.NOTHING && part.length() == needed) {
                whole();
            }
        } while (at < bytes.length);
    }

    /** The part that was awaited is there. */
    private void whole() {
        switch (awaited) {
            case HEADER -> header();
            case EXTENSION -> await(Part.COUNT, Short.BYTES);
            case COUNT -> count();
            case LENGTH -> length();
            case VALUE -> {
                cell(part.copy(0, needed));
                cellIsThere();
            }
            case NOTHING -> throw malformed("bytes behind the end of the data");
        }
    }

    private void await(Part next, int bytes) {
        part.clear();
        awaited = next;
        needed = bytes;
    }

    private int int32(int at) {
        return part.at(at) << 24
                | (part.at(at + 1) & 0xFF) << 16
                | (part.at(at + 2) & 0xFF) << 8
                | part.at(at + 3) & 0xFF;
    }

    private void header() {
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (part.at(i) != SIGNATURE[i]) {
                throw malformed("the header is not that of binary COPY data");
            }
        }
        if ((int32(SIGNATURE.length) & CRITICAL_FLAGS) != 0) {
            throw malformed("the header has a critical flag that is not known, or rows with object ids");
        }
        int extension = int32(SIGNATURE.length + Integer.BYTES);
        if (extension < 0 || extension > EXTENSION_MAX) {
            throw malformed("the header announces an extension of " + extension + " bytes");
        }
        await(Part.EXTENSION, extension);
    }

    private void count() {
        int count = (part.at(0) & 0xFF) << 8 | part.at(1) & 0xFF;
        if (count == END) {
            await(Part.NOTHING, 0);
            return;
        }
        cellsLeft = count;
        rowBytes = 0;
        nextCell();
    }

    private void nextCell() {
        if (cellsLeft == 0) {
            await(Part.COUNT, Short.BYTES);
            rowEnds();
        } else {
            await(Part.LENGTH, Integer.BYTES);
        }
    }

    private void length() {
        int length = int32(0);
        if (length == -1) {
            cell(null);
            cellIsThere();
            return;
        }
        rowBytes += length;
        if (length < -1) {
            throw malformed("a cell of " + length + " bytes");
        }
        if (rowBytes > limit) {
            throw malformed("more than " + limit + " bytes, which is the limit of a row");
        }
        await(Part.VALUE, length);
    }

    private void cellIsThere() {
        cellsLeft--;
        nextCell();
    }

    @Override
    public void completed() {
        if (awaited != Part.NOTHING) {
            throw malformed("the data ends without its trailer");
        }
    }
}
