package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes sure that the disk has room for what is about to be written through a memory mapping.
 *
 * <p>Chronicle Queue maps sparse files; on a full disk a store into such a mapping is a fault of memory, not an I/O error,
 * and what was acknowledged before may be lost. So zeros are written ahead through a channel, where a full disk is an
 * {@link IOException}. Not covered: file systems that copy on write. Used by one thread at a time.
 */
final class ReservedSpace implements AutoCloseable {

    /** How much is reserved at a time. Smaller pieces cost more: measured, 256 KiB took half as long again. */
    static final int STEP_BYTES = 1 << 20;

    /** What a new file may take without asking again. */
    private static final int FIRST_BYTES = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
    private long reservedTo;

    private final SizeBudget budget;
    private long takenTo;

    private ReservedSpace(FileChannel channel, long from, SizeBudget budget, long taken) {
        this.channel = channel;
        this.reservedTo = from;
        this.takenTo = taken;
        this.budget = budget;
    }

    /**
     * Begins to reserve space in a file.
     *
     * @param file the file
     * @param from the first byte that nothing was written to yet
     * @param budget what the file is part of
     */
    static ReservedSpace in(Path file, long from, SizeBudget budget) throws IOException {
        long first = from + FIRST_BYTES;
        budget.takeFirst(first);
        try {
            return new ReservedSpace(FileChannel.open(file, StandardOpenOption.WRITE), from, budget, first);
        } catch (IOException e) {
            budget.giveBack(first);
            throw e;
        }
    }

    /** Makes sure that space is reserved up to a position. */
    void reserveTo(long position) throws IOException {
        if (reservedTo >= position) {
            return;
        }
        // Beyond what is needed, so that this is not done for each record.
        long end = Math.max(position, reservedTo + STEP_BYTES);
        if (takenTo < end) {
            budget.take(end - takenTo);
            takenTo = end;
        }
        while (reservedTo < end) {
            zeros.clear().limit((int) Math.min(STEP_BYTES, end - reservedTo));
            try {
                // A full disk first shows as a short write, so what was written counts before the next attempt fails.
                reservedTo += channel.write(zeros, reservedTo);
            } catch (IOException e) {
                if (reservedTo < position) {
                    throw e;
                }
                return;
            }
        }
    }

    /** Gives back what was reserved and not used, by cutting the file. */
    void giveBackFrom(long position) throws IOException {
        channel.truncate(position);
    }

    @Override
    public void close() throws IOException {
        budget.giveBack(takenTo);
        takenTo = 0;
        channel.close();
    }
}
