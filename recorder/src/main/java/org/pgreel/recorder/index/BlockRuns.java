package org.pgreel.recorder.index;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The blocks of a stripe that hold records of one session, as runs of neighbours. Confined to one thread. */
final class BlockRuns {

    /** A session that speaks now and then for months has no more runs than these; then its last one grows over gaps. */
    private static final int INTS_MAX = 1 << 14;

    /** First and last block of each run. */
    private int[] runs;

    private int count;

    BlockRuns() {
        this(new int[2], 0);
    }

    private BlockRuns(int[] runs, int count) {
        this.runs = runs;
        this.count = count;
    }

    /** Notes that a block holds a record of the session; blocks come in order. */
    void in(int block) {
        if (count > 0 && (runs[count - 1] >= block - 1 || count == INTS_MAX)) {
            runs[count - 1] = block;
            return;
        }
        if (count == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
        }
        runs[count++] = block;
        runs[count++] = block;
    }

    /** Returns how many blocks the runs have together. */
    long blocks() {
        long blocks = 0;
        for (int i = 0; i < count; i += 2) {
            blocks += runs[i + 1] - runs[i] + 1;
        }
        return blocks;
    }

    int[] toArray() {
        return Arrays.copyOf(runs, count);
    }

    BlockRuns copy() {
        return new BlockRuns(Arrays.copyOf(runs, Math.max(2, count)), count);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeInt(runs[i]);
        }
    }

    static BlockRuns read(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > INTS_MAX) {
            throw new IOException(count + " ends of runs");
        }
        int[] runs = new int[Math.max(2, count)];
        for (int i = 0; i < count; i++) {
            runs[i] = in.readInt();
        }
        return new BlockRuns(runs, count);
    }
}
