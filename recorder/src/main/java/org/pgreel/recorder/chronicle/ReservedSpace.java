package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the disk has room for what is about to be written through a memory mapping.
 *
 * <p>Chronicle Queue maps sparse files; on a full disk a store into such a mapping is a fault of memory, not an I/O error,
 * and what was acknowledged before may be lost. So zeros are written ahead through a channel, where a full disk is an
 * {@link IOException}. In a file that grows fast they are written further ahead, by {@link SpaceAhead}. Not covered: file
 * systems that copy on write. {@link #reserveTo} is used by one thread at a time, while another may fill ahead.
 */
final class ReservedSpace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReservedSpace.class);

    /** How much is reserved at a time. Smaller pieces cost more: measured, 256 KiB took half as long again. */
    static final int STEP_BYTES = 1 << 20;

    /** What a new file may take without asking again. */
    private static final int FIRST_BYTES = 1 << 20;

    /** The most that is reserved ahead by another thread. */
    private static final long AHEAD_BYTES_MAX = 8L << 20;

    /** Of what a file holds, so much is reserved ahead: a small one is not made large for what may never come. */
    private static final int AHEAD_SHARE = 4;

    private final FileChannel channel;
    private final SizeBudget budget;
    private final @Nullable SpaceAhead ahead;

    /** Held while zeros are written, and while nobody may make the file longer. */
    private final ReentrantLock filling = new ReentrantLock();

    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);

    /** Written while filling; whoever appends stays below it. */
    private volatile long reservedTo;

    private volatile boolean asked;
    private volatile long wantedTo;
    private long takenTo;
    private boolean over;

    private ReservedSpace(FileChannel channel, long from, SizeBudget budget, long taken, @Nullable SpaceAhead ahead) {
        this.channel = channel;
        this.reservedTo = from;
        this.takenTo = taken;
        this.budget = budget;
        this.ahead = ahead;
    }

    /**
     * Begins to reserve space in a file.
     *
     * @param file the file
     * @param from the first byte that nothing was written to yet
     * @param budget what the file is part of
     * @param ahead fills ahead if the file grows fast; null if nobody does
     */
    static ReservedSpace in(Path file, long from, SizeBudget budget, @Nullable SpaceAhead ahead) throws IOException {
        long first = from + FIRST_BYTES;
        budget.takeFirst(first);
        try {
            return new ReservedSpace(FileChannel.open(file, StandardOpenOption.WRITE), from, budget, first, ahead);
        } catch (IOException e) {
            budget.giveBack(first);
            throw e;
        }
    }

    /** Makes sure that space is reserved up to a position. */
    void reserveTo(long position) throws IOException {
        long left = reservedTo - position;
        if (left < 0) {
            reserveNow(position);
        } else if (ahead != null && left < aheadOf(position) / 2 && !asked) {
            wantedTo = position + aheadOf(position);
            asked = true;
            ahead.ask(this);
        }
    }

    private static long aheadOf(long position) {
        return Math.min(AHEAD_BYTES_MAX, position / AHEAD_SHARE);
    }

    private void reserveNow(long position) throws IOException {
        filling.lock();
        try {
            if (reservedTo < position) {
                // Beyond what is needed, so that this is not done for each record.
                fill(position, Math.max(position, reservedTo + STEP_BYTES));
            }
        } finally {
            filling.unlock();
        }
    }

    /**
     * Keeps others from making the file longer, until {@link #goOn}. Who maps a further stretch of it looks at its length and
     * then sets it: if it had become longer in between, that would cut off what is reserved.
     */
    void holdLength() {
        filling.lock();
    }

    /** The length may change again. */
    void goOn() {
        filling.unlock();
    }

    /** Reserves what was asked for last; if that fails, whoever appends will find out himself when he needs it. */
    void fillAhead() {
        asked = false;
        boolean goesOn = true;
        while (goesOn) {
            // Given up between two pieces, so that whoever appends does not wait long.
            filling.lock();
            try {
                goesOn = !over && reservedTo < wantedTo;
                if (goesOn) {
                    long end = reservedTo + STEP_BYTES;
                    fill(end, end);
                }
            } catch (IOException e) {
                LOG.debug("No space is reserved ahead: {}", e.toString());
                goesOn = false;
            } finally {
                filling.unlock();
            }
        }
    }

    /** Writes zeros up to an end, at least up to a position. */
    private void fill(long position, long end) throws IOException {
        if (takenTo < end) {
            budget.take(end - takenTo);
            takenTo = end;
        }
        long at = reservedTo;
        while (at < end) {
            zeros.clear().limit((int) Math.min(STEP_BYTES, end - at));
            try {
                // A full disk first shows as a short write, so what was written counts before the next attempt fails.
                at += channel.write(zeros, at);
                reservedTo = at;
            } catch (IOException e) {
                if (at < position) {
                    throw e;
                }
                return;
            }
        }
    }

    /** Gives back what was reserved and not used, by cutting the file; nothing is reserved any more. */
    void giveBackFrom(long position) throws IOException {
        filling.lock();
        try {
            over = true;
            channel.truncate(position);
        } finally {
            filling.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        filling.lock();
        try {
            over = true;
            budget.giveBack(takenTo);
            takenTo = 0;
            channel.close();
        } finally {
            filling.unlock();
        }
    }
}
