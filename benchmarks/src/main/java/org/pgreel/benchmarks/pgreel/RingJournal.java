package org.pgreel.benchmarks.pgreel;

import java.util.List;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalStripe;

/** A journal in memory that overwrites its oldest bytes, so that a long measurement does not fill the heap. */
final class RingJournal implements Journal {

    private static final int BYTES = 64 << 20;

    private final byte[] ring = new byte[BYTES];
    private int at;
    private long records;
    private long sessions;

    @Override
    public String run() {
        return "ring";
    }

    @Override
    public synchronized long newSession() {
        return ++sessions;
    }

    @Override
    public synchronized long append(long session, long previous, byte[] buffer, int from, int to) {
        if (at + to - from > BYTES) {
            at = 0;
        }
        System.arraycopy(buffer, from, ring, at, to - from);
        at += to - from;
        return records++;
    }

    @Override
    public long appendLast(long session, long previous, byte[] buffer, int from, int to) {
        return append(session, previous, buffer, from, to);
    }

    /** Nobody reads it. */
    @Override
    public List<JournalStripe> stripes() {
        return List.of();
    }

    @Override
    public void close() {}
}
