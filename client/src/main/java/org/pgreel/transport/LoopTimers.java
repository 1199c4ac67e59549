package org.pgreel.transport;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.pgreel.client.Timers;

/** Timers on a client's event loops, so that what stands above its sessions needs no thread of its own. */
final class LoopTimers implements Timers {
    private final EventLoopGroup loops;

    LoopTimers(EventLoopGroup loops) {
        this.loops = loops;
    }

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
        Future<?> pending = loops.next().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }
}
