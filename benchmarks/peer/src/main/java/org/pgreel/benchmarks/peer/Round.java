package org.pgreel.benchmarks.peer;

import java.util.Arrays;

/** One round of a workload: how often it is done, with which keys, and how long each took. Confined to one thread at a time. */
public final class Round {

    private final int repeats;
    private final int keys;
    private final long[] latencies;
    private long state;
    private int measured;

    /**
     * Creates a round.
     *
     * @param repeats how often the work is done; at least 1
     * @param seed what the keys are drawn from
     * @param keys the greatest key
     */
    public Round(int repeats, long seed, int keys) {
        this.repeats = repeats;
        this.keys = keys;
        this.state = seed * 0x9E3779B97F4A7C15L + 1;
        this.latencies = new long[repeats];
    }

    /** Returns how often the work is done. */
    public int repeats() {
        return repeats;
    }

    /** Returns the next key, from 1. */
    public int key() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) Long.remainderUnsigned(state, keys) + 1;
    }

    /** Notes how long one operation took, in nanoseconds; at most one for each repeat. */
    public void took(long nanos) {
        latencies[measured++] = nanos;
    }

    /**
     * Returns a quantile of the noted times.
     *
     * @param part such as 0.99
     * @return nanoseconds; 0 if none was noted
     */
    public long quantile(double part) {
        if (measured == 0) {
            return 0;
        }
        Arrays.sort(latencies, 0, measured);
        return latencies[(int) Math.min(measured - 1, Math.round(part * (measured - 1)))];
    }
}
