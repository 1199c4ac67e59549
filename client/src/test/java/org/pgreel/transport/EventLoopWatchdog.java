package org.pgreel.transport;

import io.netty.util.concurrent.EventExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the longest turn of a client's event loops: how much processor time a loop's thread uses while a task waits
 * for its turn there, asked every millisecond. Processor time, because a busy machine may hold a thread up for any time.
 */
public final class EventLoopWatchdog implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ScheduledExecutorService asking =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("event-loop-watchdog"));
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong probes = new AtomicLong();

    /** Begins to watch. */
    public EventLoopWatchdog(Transport transport) {
        List<Probe> all = new ArrayList<>();
        for (EventExecutor loop : transport.loops()) {
            all.add(new Probe(loop));
        }
        asking.scheduleWithFixedDelay(() -> all.forEach(Probe::ask), 0, 1, TimeUnit.MILLISECONDS);
    }

    /** Returns the longest turn since the last call, in milliseconds. */
    public long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.getAndSet(0));
    }

    /** Returns how often a loop answered, so that a test can see that it was watched at all. */
    public long probes() {
        return probes.get();
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    /** Waits for its turn on one loop, and again. */
    private final class Probe implements Runnable {
        private static final long UNKNOWN = -1;
        private final EventExecutor loop;
        private volatile long thread = UNKNOWN;
        private volatile long askedAtNanos = UNKNOWN;
        private volatile boolean waiting;

        Probe(EventExecutor loop) {
            this.loop = loop;
        }

        void ask() {
            if (waiting) {
                return;
            }
            askedAtNanos = UNKNOWN;
            waiting = true;
            try {
                loop.execute(this);
            } catch (RejectedExecutionException loopIsGone) {
                return;
            }
            // Read behind the asking: should this thread be held up in between, the turn looks shorter, never longer.
            if (thread != UNKNOWN) {
                askedAtNanos = THREADS.getThreadCpuTime(thread);
            }
        }

        @Override
        public void run() {
            long asked = askedAtNanos;
            if (asked != UNKNOWN) {
                longestNanos.accumulateAndGet(THREADS.getCurrentThreadCpuTime() - asked, Math::max);
            }
            thread = Thread.currentThread().getId();
            probes.incrementAndGet();
            waiting = false;
        }
    }
}
