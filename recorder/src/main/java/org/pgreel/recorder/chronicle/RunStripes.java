package org.pgreel.recorder.chronicle;

import org.pgreel.recorder.journal.StripeGroup;

/**
 * The stripes of a run that wrote several of them side by side, as a reader sees them together.
 *
 * @param run its directory
 */
record RunStripes(RunDirectory run) implements StripeGroup {

    @Override
    public String name() {
        return run.path().toString();
    }

    @Override
    public long ordinal(long session) {
        return OpenStripes.ordinal(session);
    }

    @Override
    public long clock() {
        return RunLock.isHeld(run) ? RunClock.read(run) : Long.MAX_VALUE;
    }
}
