package org.pgreel.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.QuietTap;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/** Knows which sessions of PgReel's own client are open, so that a test that forgets one fails. Thread-safe. */
final class OpenSessions implements WireTap {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final Set<Watched> open = new LinkedHashSet<>();
    private int opened;

    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        lock.lock();
        try {
            opened++;
            var session = new Watched(opened);
            open.add(session);
            return session;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the sessions that are still open, in words.
     *
     * @param limit how long those may take that are about to end
     */
    List<String> leaked(Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!open.isEmpty() && left > 0) {
                left = fewer.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return words();
    }

    private List<String> words() {
        lock.lock();
        try {
            var words = new ArrayList<String>();
            open.forEach(session -> words.add("session " + session.number + " of PgReel's client was not closed"));
            return words;
        } finally {
            lock.unlock();
        }
    }

    private void closed(Watched session) {
        lock.lock();
        try {
            open.remove(session);
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One session. */
    private final class Watched extends QuietTap {
        private final int number;

        Watched(int number) {
            this.number = number;
        }

        @Override
        public void closed(By by, @Nullable EndKind how) {
            OpenSessions.this.closed(this);
        }
    }
}
