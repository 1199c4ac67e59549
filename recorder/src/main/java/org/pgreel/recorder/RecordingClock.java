package org.pgreel.recorder;

import java.time.Instant;

/** The time by which a recorder stamps events; an argument, so that tests and simulations have their own. */
public interface RecordingClock {

    /** Returns monotonic nanoseconds since some fixed moment, such as the start of the run. */
    long nanos();

    /** Returns the time of day. */
    Instant wallClock();

    /** Returns the clock of this machine, whose nanoseconds count from now. */
    static RecordingClock system() {
        return new SystemRecordingClock();
    }
}
