package org.pgreel.scenarios.drive;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what has changed in a run over sockets, so that who drives it can wait for the next change. Thread-safe. */
final class Changes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long count;

    void changed() {
        lock.lock();
        try {
            count++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more changes than were seen; false if the time is over before. */
    boolean await(long seen, RunClock clock) {
        lock.lock();
        try {
            while (count == seen) {
                long left = clock.left();
                if (left <= 0) {
                    return false;
                }
                more.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
