package org.pgreel.recorder;

import java.time.Instant;

/** The clock of this machine. Safe for use by many threads. */
final class SystemRecordingClock implements RecordingClock {

    private final long origin = System.nanoTime();

    @Override
    public long nanos() {
        return System.nanoTime() - origin;
    }

    @Override
    public Instant wallClock() {
        return Instant.now();
    }
}
