package org.pgreel.recorder.chronicle;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a journal is laid out, how much it may grow and how long it keeps what it holds, while it is written. Sessions are kept
 * or retired as a whole, file by file, so none loses its beginning. Immutable.
 *
 * @param roll how often sessions begin in a new file; null if only its size ends one
 * @param bytesMax how much the directory may take, all runs together: what is over is retired, oldest first, and where
 *     that is not enough the journal counts as full; {@link Long#MAX_VALUE} for any amount
 * @param keepFor how long what is over is kept; null for ever
 * @param keepBytes how much of what is over is kept; {@link Long#MAX_VALUE} for all
 * @param stripes how many files are written side by side at most, each session in one of them, so that threads that record
 *     at the same moment need not wait for each other; fewer where {@link #bytesMax} has no room for so many
 * @param notices told, in a sentence, of what is retired; called on the journal's own thread or one that appends
 */
public record JournalLimits(
        @Nullable RollCycle roll,
        long bytesMax,
        @Nullable Duration keepFor,
        long keepBytes,
        int stripes,
        Consumer<String> notices) {

    /** No limit: one file for each run, and all is kept. */
    public static final JournalLimits NONE =
            new JournalLimits(null, Long.MAX_VALUE, null, Long.MAX_VALUE, 1, notice -> {});

    /** The most files that are written side by side. */
    public static final int STRIPES_MAX = 8;

    /** The least that {@link #bytesMax} may be: a few open files with the space that is reserved in them. */
    public static final long BYTES_MAX_LEAST = 32L << 20;

    /** Of a journal with a limit, a file takes at most so much, so that what is retired at a time is little. */
    private static final int FILES = 8;

    /** What a journal with a limit needs for each file that is written at the side of others. */
    private static final long STRIPE_BYTES_LEAST = 16L << 20;

    /** Refuses a size in which no journal has room, and a number of files that is none. */
    public JournalLimits {
        if (bytesMax < BYTES_MAX_LEAST) {
            throw new IllegalArgumentException("A journal needs at least " + (BYTES_MAX_LEAST >> 20) + " MiB.");
        }
        if (stripes < 1 || stripes > STRIPES_MAX) {
            throw new IllegalArgumentException("A journal has 1 to " + STRIPES_MAX + " stripes.");
        }
    }

    /** Returns the same with another cycle. */
    public JournalLimits roll(RollCycle cycle) {
        return new JournalLimits(cycle, bytesMax, keepFor, keepBytes, stripes, notices);
    }

    /** Returns the same with another size. */
    public JournalLimits bytesMax(long bytes) {
        return new JournalLimits(roll, bytes, keepFor, keepBytes, stripes, notices);
    }

    /** Returns the same with another age to keep what is over. */
    public JournalLimits keepFor(Duration age) {
        return new JournalLimits(roll, bytesMax, age, keepBytes, stripes, notices);
    }

    /** Returns the same with another amount to keep of what is over. */
    public JournalLimits keepBytes(long bytes) {
        return new JournalLimits(roll, bytesMax, keepFor, bytes, stripes, notices);
    }

    /** Returns the same with another number of files that are written side by side, from 1 to {@link #STRIPES_MAX}. */
    public JournalLimits stripes(int number) {
        return new JournalLimits(roll, bytesMax, keepFor, keepBytes, number, notices);
    }

    /** Returns the same, told to another listener. */
    public JournalLimits notices(Consumer<String> listener) {
        return new JournalLimits(roll, bytesMax, keepFor, keepBytes, stripes, listener);
    }

    /** Returns how many files are written side by side: as many as are wanted, and as there is room for. */
    int lanes() {
        return (int) Math.min(stripes, Math.max(1, bytesMax / STRIPE_BYTES_LEAST));
    }

    /** Returns how long a file may become before sessions begin in another one. */
    long fileBytesMax() {
        return bytesMax == Long.MAX_VALUE ? Long.MAX_VALUE : bytesMax / FILES / lanes();
    }

    /** Returns whether anything is ever retired while recording. */
    boolean retires() {
        return bytesMax != Long.MAX_VALUE || keepFor != null || keepBytes != Long.MAX_VALUE;
    }
}
