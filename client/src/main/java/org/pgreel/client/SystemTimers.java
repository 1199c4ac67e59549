package org.pgreel.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The runtime's clock, and the thread that it keeps for {@link CompletableFuture#delayedExecutor}. */
enum SystemTimers implements Timers {
    INSTANCE;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Waiting after(Duration delay, Runnable task) {
        CompletableFuture<Void> due =
                new CompletableFuture<Void>().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> done = due.thenRun(task);
        return () -> done.cancel(false);
    }
}
