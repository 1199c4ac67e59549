package org.pgreel.recorder.importing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.pgreel.recorder.RecordingClock;

/** The time as the imported file tells it. Confined to one thread. */
final class ImportClock implements RecordingClock {

    private long began = Long.MIN_VALUE;
    private long now;

    /** Sets the time, in nanoseconds since 1970; the first one is the beginning. */
    void set(long nanosSince1970) {
        if (began == Long.MIN_VALUE) {
            began = nanosSince1970;
        }
        now = Math.max(now, nanosSince1970 - began);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant wallClock() {
        return Instant.EPOCH.plus((began == Long.MIN_VALUE ? 0 : began) + now, ChronoUnit.NANOS);
    }
}
