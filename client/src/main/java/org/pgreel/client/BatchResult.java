package org.pgreel.client;

import java.util.Arrays;
import java.util.Objects;

/** What a {@link StatementBatch} did: how many rows of the database each of its rows touched. Immutable. */
public final class BatchResult {

    private final long[] counts;

    /**
     * Creates the result.
     *
     * @param counts for each row of the batch, the count in its command tag; 0 if that tells none
     */
    public BatchResult(long[] counts) {
        this.counts = counts.clone();
    }

    /** Returns how many rows the batch had. */
    public int size() {
        return counts.length;
    }

    /**
     * Returns how many rows were touched by a row of the batch.
     *
     * @param row its index, from 0
     */
    public long rowCount(int row) {
        return counts[Objects.checkIndex(row, counts.length)];
    }

    /** Returns how many rows were touched by all together. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public String toString() {
        return "batch of " + counts.length + " rows, " + total() + " touched";
    }
}
