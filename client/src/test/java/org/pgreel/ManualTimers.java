package org.pgreel;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Timers;

/**
 * Timers whose time goes on when the test says so. Nothing in it waits for a lock: a test that looks at it again and again must not hold up
 * an event loop when it is preempted in the middle of that.
 */
public final class ManualTimers implements Timers {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    private record Due(long nanos, long order, Runnable task) {}

    private final NavigableSet<Due> waiting =
            new ConcurrentSkipListSet<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private final Queue<Duration> delays = new ConcurrentLinkedQueue<>();
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public Waiting after(Duration delay, Runnable task) {
        Due due = new Due(nanos.get() + delay.toNanos(), order.getAndIncrement(), task);
        waiting.add(due);
        // Who sees the delay may let the time pass, so the task has to be there by then.
        delays.add(delay);
        return () -> waiting.remove(due);
    }

    /** Returns all delays that were asked for, in order. */
    public List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** Returns how many tasks wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Lets time pass; what falls due runs in order, on the calling thread, each at its own time. */
    public void advance(Duration duration) {
        long end = nanos() + duration.toNanos();
        for (Due due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
        nanos.set(end);
    }

    private @Nullable Due next(long end) {
        for (Iterator<Due> dues = waiting.iterator(); dues.hasNext(); ) {
            Due due = dues.next();
            if (due.nanos() > end) {
                return null;
            }
            if (waiting.remove(due)) {
                nanos.accumulateAndGet(due.nanos(), Math::max);
                return due;
            }
        }
        return null;
    }

    /** Returns the same timers, but what is to run later runs at once, and the time passes with it. */
    public Timers runningAtOnce() {
        return new Timers() {
            @Override
            public long nanos() {
                return ManualTimers.this.nanos();
            }

            @Override
            public Instant now() {
                return ManualTimers.this.now();
            }

            @Override
            public Waiting after(Duration delay, Runnable task) {
                Waiting waiting = ManualTimers.this.after(delay, task);
                advance(delay);
                return waiting;
            }
        };
    }
}
