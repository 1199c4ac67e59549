package org.pgreel.client;

import java.time.Duration;

/**
 * How TCP finds out that a silent server is gone, with libpq's names. Zero leaves a value to the system; what the system
 * does not know is passed over, as libpq does.
 *
 * @param keepalives whether the system probes a silent connection at all
 * @param idle the silence before the first probe, in whole seconds ({@code keepalives_idle})
 * @param interval between two probes without an answer, in whole seconds ({@code keepalives_interval})
 * @param count so many probes without an answer end the connection ({@code keepalives_count})
 * @param userTimeout so long may sent bytes stay unacknowledged, in whole milliseconds ({@code tcp_user_timeout}); on
 *     Linux with the epoll library only
 */
public record Keepalive(boolean keepalives, Duration idle, Duration interval, int count, Duration userTimeout) {

    /** Probes, at the system's pace: libpq's standard too. */
    public static final Keepalive STANDARD = new Keepalive(true, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    /** Refuses negative values and such as do not fit into 32 bits. */
    public Keepalive {
        if (count < 0) {
            throw new IllegalArgumentException("keepalives_count is " + count + "; it must not be negative");
        }
        requireFits("keepalives_idle", idle, idle.toSeconds());
        requireFits("keepalives_interval", interval, interval.toSeconds());
        requireFits("tcp_user_timeout", userTimeout, userTimeout.toMillis());
    }

    private static void requireFits(String name, Duration value, long units) {
        if (value.isNegative() || units > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be 0 or more, and fit into 32 bits");
        }
    }
}
