package org.pgreel.scenarios.check;

import java.time.Duration;

/** Decides how long a running client is waited for. Confined to the thread that waits. */
final class ClientPatience {
    /** How long a client runs before it is asked whether it only waits. */
    private static final Duration PROBATION = Duration.ofMillis(700);
    /** The part of its time that a client may be busy and still only waits. */
    private static final double IDLE_SHARE = 0.35;

    private final RunWatch watch;
    private final RunLimits limits;
    private final Runnable waits;
    private final long began = CheckClock.nanos();
    private boolean saidThatItWaits;

    ClientPatience(RunWatch watch, RunLimits limits, Runnable waits) {
        this.watch = watch;
        this.limits = limits;
        this.waits = waits;
    }

    /** Tells whether to wait on; not once it is certain that the client does not end, or its time is over. */
    boolean goesOn(ProcessTree tree) {
        long now = CheckClock.nanos();
        long connected = watch.connectedAt();
        tree.look();
        if (connected != 0 && !saidThatItWaits && now - connected > PROBATION.toNanos()) {
            saidThatItWaits = tree.busy().toNanos() < IDLE_SHARE * (now - began);
            if (saidThatItWaits) {
                waits.run();
            }
        }
        long over = connected == 0
                ? began + limits.startup().toNanos()
                : connected + limits.run().toNanos();
        return !watch.hung() && now < over;
    }

    /** Returns how long the client has run. */
    double seconds() {
        return CheckClock.secondsSince(began);
    }
}
