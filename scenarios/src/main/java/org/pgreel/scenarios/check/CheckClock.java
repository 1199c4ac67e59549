package org.pgreel.scenarios.check;

/** The time by which programs are waited for. */
final class CheckClock {
    private CheckClock() {}

    /** Returns nanoseconds since some moment. */
    static long nanos() {
        return System.nanoTime();
    }

    /** Returns the seconds since that moment. */
    static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
