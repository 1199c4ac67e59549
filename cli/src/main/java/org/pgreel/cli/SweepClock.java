package org.pgreel.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures what a sweep takes: time, and the processor's time of the calling thread. */
final class SweepClock {
    private static final double NANOS = 1e9;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long begun = System.nanoTime();
    private final long processor = threads.getCurrentThreadCpuTime();

    /** Returns how many seconds have passed. */
    double seconds() {
        return (System.nanoTime() - begun) / NANOS;
    }

    /** Returns for how many seconds a processor has worked for this thread. */
    double processorSeconds() {
        return (threads.getCurrentThreadCpuTime() - processor) / NANOS;
    }
}
