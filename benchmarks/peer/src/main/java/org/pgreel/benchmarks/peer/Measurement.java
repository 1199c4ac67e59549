package org.pgreel.benchmarks.peer;

/**
 * What a round of one peer gave.
 *
 * @param operations how many operations it was
 * @param nanos how long it took, by the peer's own clock
 * @param processorNanos the processor time that the whole process used in it, garbage collection included; the system counts
 *     it in steps of 10 ms
 * @param allocated the bytes that the process's threads allocated on the heap
 * @param checksum what was read
 * @param p50 the median time of one operation in nanoseconds; 0 where it is not measured
 * @param p99 the 99th percentile of those times
 */
public record Measurement(
        long operations, long nanos, long processorNanos, long allocated, long checksum, long p50, long p99) {

    private static final int WORDS = 7;

    /** Returns it as words with a space between them. */
    public String words() {
        return operations + " " + nanos + " " + processorNanos + " " + allocated + " " + checksum + " " + p50 + " "
                + p99;
    }

    /** Returns the measurement of such words, which begin at an index of the array. */
    public static Measurement parse(String[] words, int from) {
        if (words.length - from != WORDS) {
            throw new IllegalArgumentException("a measurement has " + WORDS + " words, not " + (words.length - from));
        }
        long[] values = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            values[i] = Long.parseLong(words[from + i]);
        }
        return new Measurement(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    /** Returns the operations in a second. */
    public double perSecond() {
        return operations * 1e9 / nanos;
    }
}
