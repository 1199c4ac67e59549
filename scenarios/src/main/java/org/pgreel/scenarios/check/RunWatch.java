package org.pgreel.scenarios.check;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.server.RunListener;

/** Hears from the server how a run goes while the client is waited for. Safe for use by several threads. */
public final class RunWatch implements RunListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long count;
    private long connectedAt;
    private boolean hung;

    @Override
    public void opened() {
        lock.lock();
        try {
            if (connectedAt == 0) {
                connectedAt = CheckClock.nanos();
            }
        } finally {
            lock.unlock();
        }
        changed();
    }

    @Override
    public void departed(Mismatch mismatch) {
        lock.lock();
        try {
            hung |= Deviation.of(mismatch) == Deviation.HUNG;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed() {
        lock.lock();
        try {
            count++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the client first connected; 0 while it has not. */
    long connectedAt() {
        lock.lock();
        try {
            return connectedAt;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the client did nothing for as long as the script gave it: it is certain that it never ends. */
    boolean hung() {
        lock.lock();
        try {
            return hung;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something new, and returns at once the next time if there was; in any case after so many milliseconds. */
    void await(long millis) throws InterruptedException {
        lock.lock();
        try {
            long seen = count;
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (count == seen && left > 0) {
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
