package org.pgreel.recorder.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal that lives in memory: for tests, and for tools that look at a session once. It needs no JVM flag.
 *
 * <p>It may be given a capacity, and then fails like a full disk.
 */
public final class InMemoryJournal implements Journal {

    /** What a full journal still takes by {@link #appendLast}. */
    private static final int KEPT_BACK_BYTES = 64 * 1024;

    private final String run;
    private final long capacityBytes;
    private final List<StripeRecord> records = new ArrayList<>();
    private long sessions;
    private long bytes;
    private boolean closed;

    /**
     * Creates an empty journal without a limit.
     *
     * @param run the id of its run
     */
    public InMemoryJournal(String run) {
        this(run, Long.MAX_VALUE - KEPT_BACK_BYTES);
    }

    /**
     * Creates an empty journal.
     *
     * @param run the id of its run
     * @param capacityBytes how many bytes of events it takes before it is full
     */
    public InMemoryJournal(String run, long capacityBytes) {
        this.run = run;
        this.capacityBytes = capacityBytes;
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public synchronized long newSession() {
        return ++sessions;
    }

    @Override
    public synchronized long append(long session, long previous, byte[] buffer, int from, int to) {
        return append(session, buffer, from, to, capacityBytes);
    }

    @Override
    public synchronized long appendLast(long session, long previous, byte[] buffer, int from, int to) {
        return append(session, buffer, from, to, capacityBytes + KEPT_BACK_BYTES);
    }

    private long append(long session, byte[] buffer, int from, int to, long limit) {
        if (closed) {
            throw new JournalWriteException("The journal is closed.", null);
        }
        if (to - from > RECORD_BYTES_MAX) {
            throw new JournalWriteException(
                    "A record of " + (to - from) + " bytes is longer than " + RECORD_BYTES_MAX + ".", null);
        }
        if (bytes + to - from > limit) {
            throw new JournalWriteException("The journal is full: it was given " + capacityBytes + " bytes.", null);
        }
        bytes += to - from;
        long number = records.size();
        byte[] copy = Arrays.copyOfRange(buffer, from, to);
        records.add(new StripeRecord(number, number, session, copy, 0, copy.length));
        return number;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    @Override
    public List<JournalStripe> stripes() {
        return List.of(new Stripe());
    }

    private synchronized @Nullable StripeRecord record(long position) {
        return position < records.size() ? records.get((int) position) : null;
    }

    /** The only stripe. */
    private final class Stripe implements JournalStripe {

        @Override
        public String name() {
            return "in memory";
        }

        @Override
        public StripeReader read(long position) {
            return new Reader(position);
        }
    }

    /** Reads the records in the order of their numbers. */
    private final class Reader implements StripeReader {

        private long position;

        Reader(long position) {
            this.position = position;
        }

        @Override
        public @Nullable StripeEntry next() {
            StripeRecord record = record(position);
            if (record != null) {
                position++;
            }
            return record;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
