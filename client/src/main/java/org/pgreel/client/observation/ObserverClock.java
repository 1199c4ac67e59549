package org.pgreel.client.observation;

/** What observers measure durations with; the core that they observe knows no clock. */
public final class ObserverClock {
    private ObserverClock() {}

    /** Returns a reading in nanoseconds from an arbitrary point; it never goes back. */
    public static long nanos() {
        return System.nanoTime();
    }
}
