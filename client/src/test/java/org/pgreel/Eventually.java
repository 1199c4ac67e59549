package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads and tells nobody. */
final class Eventually {
    private static final long PATIENCE_SECONDS = 30;
    private static final long PAUSE_NANOS = 100_000;

    private Eventually() {}

    /** Returns as soon as something holds, and fails if it does not in good time. */
    static void until(BooleanSupplier holds, String described) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to wait until " + described).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
