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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures the longest turns of a client's event loops, asked every millisecond: how much processor time a loop's thread
 * uses while a task waits for its turn there, and how long it sleeps meanwhile. Not how long the turn takes, because a
 * busy machine may hold a thread up for any time.
 */
public final class EventLoopWatchdog implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Blocked NOTHING = new Blocked(0, "");

    private final ScheduledExecutorService asking =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("event-loop-watchdog"));
    private final AtomicReference<Turns> longest = new AtomicReference<>(Turns.NONE);
    private final AtomicReference<Blocked> longestBlocked = new AtomicReference<>(NOTHING);
    private final AtomicLong probes = new AtomicLong();

    /**
     * The processor time of the two longest turns, in milliseconds.
     *
     * @param longest of the longest
     * @param next of the longest but one
     */
    public record Turns(long longest, long next) {
        private static final Turns NONE = new Turns(0, 0);

        private Turns and(long millis) {
            return millis > longest ? new Turns(millis, longest) : new Turns(longest, Math.max(next, millis));
        }
    }

    /**
     * A turn that slept.
     *
     * @param millis how long, in milliseconds
     * @param where the stack of the loop's thread; empty if it was not for long
     */
    public record Blocked(long millis, String where) {
        private static Blocked longer(Blocked one, Blocked other) {
            return one.millis >= other.millis ? one : other;
        }
    }

    /** Begins to watch. */
    public EventLoopWatchdog(Transport transport) {
        List<Probe> all = new ArrayList<>();
        for (EventExecutor loop : transport.loops()) {
            all.add(new Probe(loop));
        }
        asking.scheduleWithFixedDelay(
                () -> all.forEach(probe -> {
                    probe.ask();
                    probe.look();
                }),
                0,
                1,
                TimeUnit.MILLISECONDS);
    }

    /** Returns the processor time of the longest turn since the last call, in milliseconds. */
    public long longestMillis() {
        return turns().longest();
    }

    /** Returns the processor time of the two longest turns since the last call. */
    public Turns turns() {
        return longest.getAndSet(Turns.NONE);
    }

    /** Returns the turn that slept longest since the last call. */
    public Blocked longestBlocked() {
        return longestBlocked.getAndSet(NOTHING);
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
        private final BlockedTurn blocked = new BlockedTurn();
        private volatile @Nullable Thread thread;
        private volatile @Nullable KernelThread kernel;
        private volatile long askedAtNanos = UNKNOWN;
        private volatile long asked;
        private volatile long answered;

        Probe(EventExecutor loop) {
            this.loop = loop;
        }

        void ask() {
            if (asked != answered) {
                return;
            }
            askedAtNanos = UNKNOWN;
            asked = answered + 1;
            try {
                loop.execute(this);
            } catch (RejectedExecutionException loopIsGone) {
                return;
            }
            // Read behind the asking: should this thread be held up in between, the turn looks shorter, never longer.
            Thread known = thread;
            if (known != null) {
                askedAtNanos = THREADS.getThreadCpuTime(known.getId());
            }
        }

        /** Looks at the thread if the loop is in a turn, which keeps the probe waiting. */
        void look() {
            Thread known = thread;
            long number = asked;
            if (known == null || number == answered) {
                return;
            }
            long nanos = blocked.look(number, known, kernel);
            if (number != answered && nanos > 0) {
                Blocked now = new Blocked(TimeUnit.NANOSECONDS.toMillis(nanos), blocked.where());
                longestBlocked.accumulateAndGet(now, Blocked::longer);
            }
        }

        @Override
        public void run() {
            long from = askedAtNanos;
            if (from != UNKNOWN) {
                long millis = TimeUnit.NANOSECONDS.toMillis(THREADS.getCurrentThreadCpuTime() - from);
                if (millis > longest.get().next()) {
                    longest.updateAndGet(known -> known.and(millis));
                }
            }
            if (thread == null) {
                kernel = KernelThread.current().orElse(null);
                thread = Thread.currentThread();
            }
            probes.incrementAndGet();
            answered = asked;
        }
    }
}
