package org.pgreel.scenarios.drive;

import java.time.Duration;

/** The time that a run over sockets may take: it reads the machine's clock. */
final class RunClock {
    private final long deadline;

    RunClock(Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
    }

    /** Returns the nanoseconds that are left; none or fewer when the time is over. */
    long left() {
        return deadline - System.nanoTime();
    }
}
