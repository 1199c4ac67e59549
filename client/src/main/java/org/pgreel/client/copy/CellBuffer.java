package org.pgreel.client.copy;

import java.util.Arrays;

/** The bytes of the row at hand, as far as they have come; grows with them, up to the limit. */
final class CellBuffer {

    private final int limit;
    private byte[] bytes = new byte[256];
    private int length;

    CellBuffer(int limit) {
        this.limit = limit;
    }

    /** Adds a byte of the given row. */
    void add(int value, long row) {
        if (length == bytes.length) {
            room(1L, row);
        }
        bytes[length++] = (byte) value;
    }

    void add(byte[] from, int at, int count, long row) {
        if (count > bytes.length - length) {
            room(count, row);
        }
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    private void room(long more, long row) {
        long needed = length + more;
        if (needed > limit) {
            throw new MalformedCopyException(row, "more than " + limit + " bytes, which is the limit of a row");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    void clear() {
        length = 0;
    }
}
