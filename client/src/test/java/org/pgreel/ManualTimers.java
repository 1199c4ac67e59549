package org.pgreel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.pgreel.client.Timers;

/** Timers whose time goes on when the test says so. */
public final class ManualTimers implements Timers {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    private record Due(long nanos, long order, Runnable task) {}

    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private final List<Duration> delays = new ArrayList<>();
    private long nanos;
    private long order;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized Waiting after(Duration delay, Runnable task) {
        delays.add(delay);
        Due due = new Due(nanos + delay.toNanos(), order++, task);
        waiting.add(due);
        return () -> takeBack(due);
    }

    private synchronized void takeBack(Due due) {
        waiting.remove(due);
    }

    /** Returns all delays that were asked for, in order. */
    public synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** Returns how many tasks wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Lets time pass; what falls due runs in order, on the calling thread, each at its own time. */
    public void advance(Duration duration) {
        long end = nanos() + duration.toNanos();
        for (Due due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
        synchronized (this) {
            nanos = end;
        }
    }

    private synchronized Due next(long end) {
        Due due = waiting.peek();
        if (due == null || due.nanos() > end) {
            return null;
        }
        nanos = Math.max(nanos, due.nanos());
        return waiting.poll();
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
