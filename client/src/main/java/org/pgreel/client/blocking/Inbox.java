package org.pgreel.client.blocking;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ServerEffect;

/**
 * Where a publisher's items wait for the thread that reads them: never more than were asked for, and more are asked for when
 * half of those are read. Items come from the session's event loop; one thread reads.
 *
 * @param <T> what is published
 */
final class Inbox<T> implements Flow.Subscriber<T> {
    private final int batch;
    private final Runnable whenInterrupted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> items = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closed;
    private int read;

    Inbox(int batch, Runnable whenInterrupted) {
        this.batch = batch;
        this.whenInterrupted = whenInterrupted;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        boolean late = locked(() -> {
            subscription = begun;
            return closed;
        });
        if (late) {
            begun.cancel();
        } else {
            begun.request(batch);
        }
    }

    @Override
    public void onNext(T item) {
        locked(() -> {
            changed.signalAll();
            return closed || items.add(item);
        });
    }

    @Override
    public void onError(Throwable thrown) {
        over(thrown);
    }

    @Override
    public void onComplete() {
        over(null);
    }

    private void over(@Nullable Throwable thrown) {
        locked(() -> {
            failure = thrown;
            ended = true;
            changed.signalAll();
            return true;
        });
    }

    /** What is done under the lock, which nobody holds while waiting. */
    private interface Change {
        boolean make();
    }

    private boolean locked(Change change) {
        lock.lock();
        try {
            return change.make();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next item.
     *
     * @return the item; null behind the last one, and when it is closed
     * @throws RuntimeException what the publisher failed with
     */
    @Nullable
    T next() {
        Answers.requireMayWait();
        T item;
        lock.lock();
        try {
            while (items.isEmpty() && !ended && !closed) {
                changed.await();
            }
            item = items.poll();
            if (item == null && failure != null && !closed) {
                throw Answers.rethrown(failure);
            }
        } catch (InterruptedException interrupt) {
            close();
            throw Answers.interrupted(interrupt, ServerEffect.MAY_HAVE_COMMITTED, whenInterrupted);
        } finally {
            lock.unlock();
        }
        if (item != null && ++read >= (batch + 1) / 2) {
            askForMore();
        }
        return item;
    }

    private void askForMore() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(read);
            read = 0;
        }
    }

    /** Takes no more; false if all had come. */
    boolean close() {
        boolean early = locked(() -> {
            boolean inTheMiddle = !ended && !closed;
            closed = true;
            items.clear();
            changed.signalAll();
            return inTheMiddle;
        });
        Flow.Subscription open = subscription;
        if (early && open != null) {
            open.cancel();
        }
        return early;
    }
}
