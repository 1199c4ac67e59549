package org.pgreel.scenarios.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Runs a target and measures what it allocates. */
final class Allocation {
    private static final long FOR_EACH_BYTE = 8 << 10;

    private static final int TRIES = 4;

    private final long factor;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** @param factor how many times the bound is allowed; 1 where nothing but the target allocates */
    Allocation(long factor) {
        this.factor = factor;
    }

    /** Returns how many bytes a target may allocate for an input: it depends on what came, not on what it announces. */
    static long bound(FuzzTarget target, int length) {
        return target.room() + FOR_EACH_BYTE * length;
    }

    /** Lets the target take the input; classes that are loaded meanwhile are not its fault, so it has several tries. */
    void bounded(FuzzTarget target, byte[] input) throws IOException {
        long bound = factor * bound(target, input.length);
        long allocated = of(target, input);
        for (int tries = 1; allocated > bound && tries < TRIES; tries++) {
            allocated = of(target, input);
        }
        if (allocated > bound) {
            throw new AssertionError(
                    input.length + " bytes made it allocate " + allocated + " bytes; the bound is " + bound);
        }
    }

    private long of(FuzzTarget target, byte[] input) throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        target.take(input.clone());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
