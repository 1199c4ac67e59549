package org.pgreel.recorder;

import java.time.Instant;

/** A clock that moves one microsecond at each look, so that recordings made twice are equal. */
public final class ManualClock implements RecordingClock {

    private long nanos;

    @Override
    public long nanos() {
        nanos += 1_000;
        return nanos;
    }

    @Override
    public Instant wallClock() {
        return Instant.parse("2026-11-21T10:00:00Z");
    }
}
