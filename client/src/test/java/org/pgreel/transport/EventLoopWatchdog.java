package org.pgreel.transport;

import io.netty.util.concurrent.EventExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the longest turn of a client's event loops: how much processor time a loop's thread uses before it comes back
 * to a probe that asks every millisecond. Processor time, because a busy machine may hold a thread up for any time.
 */
public final class EventLoopWatchdog {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong probes = new AtomicLong();

    /** Begins to watch; the probes end with the loops. */
    public EventLoopWatchdog(Transport transport) {
        for (EventExecutor loop : transport.loops()) {
            loop.execute(new Probe(loop));
        }
    }

    /** Returns the longest turn since the last call, in milliseconds. */
    public long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.getAndSet(0));
    }

    /** Returns how often a probe ran, so that a test can see that it was watched at all. */
    public long probes() {
        return probes.get();
    }

    /** Comes back to its loop every millisecond. */
    private final class Probe implements Runnable {
        private final EventExecutor loop;
        private long lastNanos = -1;

        Probe(EventExecutor loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            long now = THREADS.getCurrentThreadCpuTime();
            if (lastNanos >= 0) {
                longestNanos.accumulateAndGet(now - lastNanos, Math::max);
            }
            lastNanos = now;
            probes.incrementAndGet();
            try {
                Future<?> unused = loop.schedule(this, 1, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException loopIsGone) {
                lastNanos = -1;
            }
        }
    }
}
