package org.pgreel.recorder.chronicle;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How often a recorder begins a new file, at full minutes, hours and days of UTC. */
public enum RollCycle {
    /** Every minute. */
    MINUTELY(Duration.ofMinutes(1)),
    /** Every ten minutes. */
    TEN_MINUTELY(Duration.ofMinutes(10)),
    /** Every hour. */
    HOURLY(Duration.ofHours(1)),
    /** Every day. */
    DAILY(Duration.ofDays(1)),
    /** Every Thursday, on which the count of time began. */
    WEEKLY(Duration.ofDays(7));

    private final Duration length;

    RollCycle(Duration length) {
        this.length = length;
    }

    /** Returns the word by which users choose it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns how long a file is written to. */
    public Duration length() {
        return length;
    }

    /** Returns the number of the cycle that a moment lies in. */
    long of(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), length.toSeconds());
    }
}
