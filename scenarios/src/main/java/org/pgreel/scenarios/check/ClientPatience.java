package org.pgreel.scenarios.check;

import java.time.Duration;

/** Decides how long a running client is waited for. Confined to the thread that waits. */
final class ClientPatience {
    /** How long a client runs before it is asked whether it only waits, and how long until it is asked again. */
    private static final Duration PROBATION = Duration.ofMillis(500);
    /** The part of its time since the last look that a client may be busy and still only waits; a loaded machine gives few. */
    private static final double IDLE_SHARE = 0.03;
    /** A client that is at work when its time is over, on a machine that has other work, gets so much of it. */
    private static final int BUSY_FACTOR = 3;

    private final RunWatch watch;
    private final RunLimits limits;
    private final Runnable waits;
    private final long began = CheckClock.nanos();
    private long looked = began;
    private Duration before;
    private long printed;
    private boolean busy;

    /** @param before how long the client had been at work before this run */
    ClientPatience(RunWatch watch, RunLimits limits, Runnable waits, Duration before) {
        this.before = before;
        this.watch = watch;
        this.limits = limits;
        this.waits = waits;
    }

    /**
     * Tells whether to wait on; not once it is certain that the client does not end, or its time is over.
     *
     * @param written how many bytes it has written so far
     */
    boolean goesOn(ProcessTree tree, long written) {
        long now = CheckClock.nanos();
        long connected = watch.connectedAt();
        if (now - looked > PROBATION.toNanos()) {
            tree.look();
            Duration worked = tree.busy();
            busy = worked.minus(before).toNanos() > IDLE_SHARE * (now - looked) || written > printed;
            looked = now;
            before = worked;
            printed = written;
            if (connected != 0 && !busy) {
                waits.run();
            }
        }
        if (watch.hung()) {
            return false;
        }
        return connected == 0
                ? now < began + limits.startup().toNanos()
                : now < connected + limits.run().toNanos() * (busy ? BUSY_FACTOR : 1);
    }

    /** Returns how long the client has run. */
    double seconds() {
        return CheckClock.secondsSince(began);
    }

    /** Tells whether the client was at work when it was last looked at. */
    boolean busy() {
        return busy;
    }
}
