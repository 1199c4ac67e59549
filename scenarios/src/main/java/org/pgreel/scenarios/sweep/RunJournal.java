package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.QuietTap;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/** What a recorder would have journaled of a run, kept in memory until the next run begins. */
final class RunJournal extends QuietTap implements WireTap {
    private final List<Entry> entries = new ArrayList<>();
    private final List<CallbackKind> callbacks = new ArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private int submitted;
    private int completed;

    /** A chunk that a connection brought or took. */
    record Entry(int connection, Direction direction, byte[] bytes) {}

    /** Another run begins. */
    void clear() {
        entries.clear();
        callbacks.clear();
        written.set(0);
        read.set(0);
        submitted = 0;
        completed = 0;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Returns how many bytes the client has written. */
    long written() {
        return written.get();
    }

    /** Returns how many bytes the client has read. */
    long read() {
        return read.get();
    }

    /** Returns the callbacks that were journaled. */
    List<CallbackKind> callbacks() {
        return callbacks;
    }

    /** Returns how many operations began, less those that completed. */
    int outstanding() {
        return submitted - completed;
    }

    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        return this;
    }

    @Override
    public void written(int connection, byte[] buffer, int from, int to) {
        written.addAndGet(to - from);
        entries.add(new Entry(connection, Direction.FRONTEND, Arrays.copyOfRange(buffer, from, to)));
    }

    @Override
    public void read(int connection, byte[] buffer, int from, int to) {
        // What was read is handed over and never changed, so it need not be copied where it is a whole array.
        byte[] bytes = from == 0 && to == buffer.length ? buffer : Arrays.copyOfRange(buffer, from, to);
        read.addAndGet(to - from);
        entries.add(new Entry(connection, Direction.BACKEND, bytes));
    }

    @Override
    public void callback(CallbackKind kind, String detail) {
        callbacks.add(kind);
    }

    @Override
    public void operationSubmitted(long id, String kind) {
        submitted++;
    }

    @Override
    public void operationCompleted(long id, String outcome) {
        completed++;
    }
}
