package org.pgreel.client;

import java.time.Duration;
import java.time.Instant;

/**
 * Time as the parts above a session see it: what measures it, and what wakes up after a while. A port, so that tests of
 * pools and retries cost no time. Thread-safe.
 */
public interface Timers {

    /** Returns a reading for measuring, in nanoseconds from an arbitrary point; it never goes back. */
    long nanos();

    /** Returns the time of day, for people. */
    Instant now();

    /**
     * Runs a task once, after a delay. The thread is the implementation's: the task may not block.
     *
     * @param delay from now
     * @param task the task
     * @return takes it back if it has not begun
     */
    Waiting after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Waiting {
        /** Takes the task back; nothing happens if it has begun. */
        void cancel();
    }

    /** Returns the timers of the Java runtime, which serve from one thread of its own. */
    static Timers system() {
        return SystemTimers.INSTANCE;
    }
}
