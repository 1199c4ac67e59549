package org.pgreel.scenarios.check;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param startup until it connects: what a program does before that is not what is checked
 * @param run from its first connection on
 */
public record RunLimits(Duration startup, Duration run) {
    private static final Duration STARTUP = Duration.ofMinutes(2);

    /** Returns the limits of a client that may take that long once it has connected. */
    public static RunLimits of(Duration run) {
        return new RunLimits(run.compareTo(STARTUP) > 0 ? run : STARTUP, run);
    }
}
