package org.pgreel.scenarios.drive;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/**
 * Counts the bytes that one session has read over a socket: a run knows by them that nothing is on its way to the client.
 */
final class ReadCount implements WireTap, SessionTap {
    private final Runnable changed;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;

    ReadCount(Runnable changed) {
        this.changed = changed;
    }

    /** Returns how many bytes were read; none once the session is over. */
    long bytes() {
        return closed ? 0 : bytes.get();
    }

    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        return this;
    }

    @Override
    public void read(int connection, byte[] buffer, int from, int to) {
        bytes.addAndGet(to - from);
        changed.run();
    }

    @Override
    public void closed(By by, @Nullable EndKind how) {
        closed = true;
        changed.run();
    }

    @Override
    public void connectionOpened(int connection) {}

    @Override
    public void written(int connection, byte[] buffer, int from, int to) {}

    @Override
    public void tlsRequested(int connection) {}

    @Override
    public void tlsEstablished(int connection, String protocol, String cipher) {}

    @Override
    public void tlsFailed(int connection, String kind) {}

    @Override
    public void callback(CallbackKind kind, String detail) {}

    @Override
    public void operationSubmitted(long id, String kind) {}

    @Override
    public void operationCompleted(long id, String outcome) {}

    @Override
    public void marker(String note) {}

    @Override
    public void connectionClosed(int connection, EndKind how, By by) {}
}
