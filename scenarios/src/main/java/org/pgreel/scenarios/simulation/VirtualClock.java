package org.pgreel.scenarios.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * The order in which things happen in a simulated run: what is due now in the order of its making, then the timers, whose
 * time costs none.
 */
public final class VirtualClock {

    private final Deque<Runnable> now = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
    private long time;
    private long numbers;

    /** Something that will happen, unless it is forgotten. */
    public record Alarm(long at, long number, Runnable action) {}

    /** Lets it happen behind all that is due now. */
    public void soon(Runnable action) {
        now.add(action);
    }

    /** Lets it happen after that time. */
    public Alarm after(Duration delay, Runnable action) {
        var alarm = new Alarm(time + Math.max(0, delay.toNanos()), numbers++, action);
        alarms.add(alarm);
        return alarm;
    }

    /** Takes an alarm back; nothing happens if it has gone off. */
    public void forget(Alarm alarm) {
        alarms.remove(alarm);
    }

    /** Does the next thing that is due now; false if there is none. */
    public boolean step() {
        Runnable next = now.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** Goes on to the next alarm; false if there is none. */
    public boolean jump() {
        Alarm next = alarms.poll();
        if (next == null) {
            return false;
        }
        time = next.at();
        next.action().run();
        return true;
    }

    /** Returns the time since the run began. */
    public Duration elapsed() {
        return Duration.ofNanos(time);
    }
}
