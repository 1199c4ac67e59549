package org.pgreel.scenarios.drive;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.QuietTap;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;
import org.pgreel.tap.WireTap;

/**
 * Listens to one session in the place of a recorder: counts the bytes that it has read, by which a run knows that nothing
 * is on its way to the client; and fails as a recorder may, where the scenario wants it.
 */
final class RunTap extends QuietTap implements WireTap {
    private final Runnable changed;
    private final Fails fails;
    private final Map<Integer, Long> bytes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param changed is told of what was read
     * @param fails when it fails: never, as soon as the session begins, or when it is ready
     */
    RunTap(Runnable changed, Fails fails) {
        this.changed = changed;
        this.fails = fails;
    }

    /** When a tap fails. */
    enum Fails {
        NEVER,
        AT_ONCE,
        WHEN_READY
    }

    private void failIf(boolean now) {
        if (now) {
            throw new TapFailedException("the disk is full", new IOException("No space left on device"));
        }
    }

    /** Returns how many bytes were read on the connections that are open; none once the session is over. */
    long bytes() {
        return closed ? 0 : bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        failIf(fails == Fails.AT_ONCE);
        return this;
    }

    @Override
    public void read(int connection, byte[] buffer, int from, int to) {
        bytes.merge(connection, (long) (to - from), Long::sum);
        changed.run();
    }

    @Override
    public void closed(By by, @Nullable EndKind how) {
        closed = true;
        changed.run();
    }

    @Override
    public void callback(CallbackKind kind, String detail) {
        failIf(fails == Fails.WHEN_READY && kind == CallbackKind.TRANSACTION_STATUS);
    }

    @Override
    public void connectionClosed(int connection, EndKind how, By by) {
        bytes.remove(connection);
        changed.run();
    }
}
