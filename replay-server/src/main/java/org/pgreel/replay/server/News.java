package org.pgreel.replay.server;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.script.ScriptLine;

/** Counts what has changed, and lets threads wait for the next change. */
final class News implements PlayListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final PlayListener next;
    private long count;

    News(PlayListener next) {
        this.next = next;
    }

    @Override
    public void departed(Mismatch mismatch) {
        next.departed(mismatch);
        changed();
    }

    @Override
    public void assigned(int connection) {
        next.assigned(connection);
    }

    @Override
    public void told(int connection, ScriptLine line) {
        next.told(connection, line);
    }

    @Override
    public void changed() {
        lock.lock();
        try {
            count++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
        next.changed();
    }

    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is more than was seen; false if that takes too long. */
    boolean await(long seen, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (count == seen) {
                if (left <= 0) {
                    return false;
                }
                left = more.awaitNanos(left);
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
