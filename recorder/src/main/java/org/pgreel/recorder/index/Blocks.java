package org.pgreel.recorder.index;

import java.util.Arrays;

/** Where each stretch of about 1 MiB of a stripe begins: the positions of records, in order. */
final class Blocks {

    static final int BLOCK_BYTES = 1 << 20;

    private long[] starts;
    private int count;
    private long inLast;

    Blocks() {
        this(new long[0]);
    }

    Blocks(long[] starts) {
        this.starts = starts;
        this.count = starts.length;
    }

    /** Returns the block of the next record, which may be a new one. */
    int of(long position, int length) {
        if (count == 0 || inLast >= BLOCK_BYTES) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, Math.max(64, 2 * count));
            }
            starts[count++] = position;
            inLast = 0;
        }
        inLast += length;
        return count - 1;
    }

    /** Returns the block that holds a record. */
    int find(long position) {
        int at = Arrays.binarySearch(starts, 0, count, position);
        return at >= 0 ? at : -at - 2;
    }

    long start(int block) {
        return block < count ? starts[block] : Long.MAX_VALUE;
    }

    long[] starts() {
        return Arrays.copyOf(starts, count);
    }
}
