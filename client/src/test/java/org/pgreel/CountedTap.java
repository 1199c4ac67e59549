package org.pgreel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/** Counts what one session hands to its transport, and writes its operations down. */
final class CountedTap implements WireTap, SessionTap {
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

    @Override
    public void connectionOpened(int connection) {}

    @Override
    public void read(int connection, byte[] buffer, int from, int to) {}

    @Override
    public void tlsRequested(int connection) {}

    @Override
    public void tlsEstablished(int connection, String protocol, String cipher) {}

    @Override
    public void tlsFailed(int connection, String kind) {}

    @Override
    public void callback(CallbackKind kind, String detail) {}

    @Override
    public void marker(String note) {}

    @Override
    public void connectionClosed(int connection, EndKind how, By by) {}

    @Override
    public void closed(By by, @Nullable EndKind how) {}
}
