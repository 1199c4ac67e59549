package org.pgreel.scenarios.check;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** A process and all that it started, as far as they were seen: what outlives it is ended with it. */
final class ProcessTree {
    /** The exit status of a process that a signal killed is above this, as the JVM and shells have it. */
    static final int SIGNALS = 128;

    /** The greatest number of a signal that ends a process and is no real-time signal. */
    static final int SIGNALS_MAX = 31;

    private final ProcessHandle root;
    private final Set<ProcessHandle> others = new LinkedHashSet<>();

    ProcessTree(Process process) {
        this.root = process.toHandle();
    }

    /** Looks for what the process has started. It costs a look at all processes of the machine. */
    void look() {
        root.descendants().forEach(others::add);
    }

    /** Returns the time that all of them have spent on a processor, as far as the system says. */
    Duration busy() {
        Duration sum = root.info().totalCpuDuration().orElse(Duration.ZERO);
        for (ProcessHandle other : others) {
            sum = sum.plus(other.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return sum;
    }

    /** Kills what is left of them. */
    void kill() {
        look();
        root.destroyForcibly();
        others.forEach(ProcessHandle::destroyForcibly);
    }
}
