package org.pgreel.recorder.chronicle;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much a journal may grow and how long it keeps what it holds, while it is written. Sessions are kept or retired as a
 * whole, file by file, so none loses its beginning. Immutable.
 *
 * @param roll how often sessions begin in a new file; null if only its size ends one
 * @param bytesMax how much the directory may take, all runs together: what is over is retired, oldest first, and where
 *     that is not enough the journal counts as full; {@link Long#MAX_VALUE} for any amount
 * @param keepFor how long what is over is kept; null for ever
 * @param keepBytes how much of what is over is kept; {@link Long#MAX_VALUE} for all
 * @param notices told, in a sentence, of what is retired; called on the journal's own thread or one that appends
 */
public record JournalLimits(
        @Nullable RollCycle roll, long bytesMax, @Nullable Duration keepFor, long keepBytes, Consumer<String> notices) {

    /** No limit: one file for each run, and all is kept. */
    public static final JournalLimits NONE =
            new JournalLimits(null, Long.MAX_VALUE, null, Long.MAX_VALUE, notice -> {});

    /** The least that {@link #bytesMax} may be: a few open files with the space that is reserved in them. */
    public static final long BYTES_MAX_LEAST = 32L << 20;

    /** Of a journal with a limit, a file takes at most so much, so that what is retired at a time is little. */
    private static final int FILES = 8;

    /** Refuses a size in which no journal has room. */
    public JournalLimits {
        if (bytesMax < BYTES_MAX_LEAST) {
            throw new IllegalArgumentException("A journal needs at least " + (BYTES_MAX_LEAST >> 20) + " MiB.");
        }
    }

    /** Returns the same with another cycle. */
    public JournalLimits roll(RollCycle cycle) {
        return new JournalLimits(cycle, bytesMax, keepFor, keepBytes, notices);
    }

    /** Returns the same with another size. */
    public JournalLimits bytesMax(long bytes) {
        return new JournalLimits(roll, bytes, keepFor, keepBytes, notices);
    }

    /** Returns the same with another age to keep what is over. */
    public JournalLimits keepFor(Duration age) {
        return new JournalLimits(roll, bytesMax, age, keepBytes, notices);
    }

    /** Returns the same with another amount to keep of what is over. */
    public JournalLimits keepBytes(long bytes) {
        return new JournalLimits(roll, bytesMax, keepFor, bytes, notices);
    }

    /** Returns the same, told to another listener. */
    public JournalLimits notices(Consumer<String> listener) {
        return new JournalLimits(roll, bytesMax, keepFor, keepBytes, listener);
    }

    /** Returns how long a file may become before sessions begin in another one. */
    long fileBytesMax() {
        return bytesMax == Long.MAX_VALUE ? Long.MAX_VALUE : bytesMax / FILES;
    }

    /** Returns whether anything is ever retired while recording. */
    boolean retires() {
        return bytesMax != Long.MAX_VALUE || keepFor != null || keepBytes != Long.MAX_VALUE;
    }
}
