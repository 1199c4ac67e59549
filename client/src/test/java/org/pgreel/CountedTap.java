package org.pgreel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.pgreel.tap.QuietTap;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/** Counts what one session hands to its transport, and writes its operations down. */
final class CountedTap extends QuietTap implements WireTap {
    private final AtomicLong written = new AtomicLong();
    private final List<String> operations = new CopyOnWriteArrayList<>();

    long bytes() {
        return written.get();
    }

    List<String> operations() {
        return operations;
    }

    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        return this;
    }

    @Override
    public void written(int connection, byte[] buffer, int from, int to) {
        written.addAndGet(to - from);
    }

    @Override
    public void operationSubmitted(long id, String kind) {
        operations.add(id + " " + kind);
    }

    @Override
    public void operationCompleted(long id, String outcome) {
        operations.add(id + " " + outcome);
    }
}
