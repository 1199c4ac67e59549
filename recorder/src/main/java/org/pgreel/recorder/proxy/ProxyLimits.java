package org.pgreel.recorder.proxy;

import java.time.Duration;

/**
 * How long the proxy waits for others, and how many it serves. Immutable: each method returns changed limits.
 *
 * @param connectMillis for the server to accept a connection, and again to agree on TLS
 * @param greetingMillis for a client to say, from its connection on, who it is; 0 for ever
 * @param lastBytesMillis for a peer to take anything of what it is still owed when its connection has ended
 * @param idleMillis for anything to be said on a connection; 0 for ever
 * @param drainMillis for sessions to end by themselves when the proxy stops
 * @param sessionsMax how many sessions are forwarded at once; 0 for any number
 */
public record ProxyLimits(
        int connectMillis, int greetingMillis, int lastBytesMillis, int idleMillis, int drainMillis, int sessionsMax) {

    /** 10 s to connect, 60 s for the greeting as a server gives, 30 s for last bytes, no idle limit, any number. */
    public static final ProxyLimits DEFAULTS = new ProxyLimits(10_000, 60_000, 30_000, 0, 300, 0);

    /** Checks the limits. */
    public ProxyLimits {
        if (connectMillis < 1 || lastBytesMillis < 1) {
            throw new IllegalArgumentException("connecting and last bytes need a limit of at least 1 ms");
        }
        if (greetingMillis < 0 || idleMillis < 0 || drainMillis < 0 || sessionsMax < 0) {
            throw new IllegalArgumentException("a limit of the proxy is negative");
        }
    }

    /** Returns limits with another time to connect to the server; at least 1 ms. */
    public ProxyLimits connect(Duration limit) {
        return new ProxyLimits(millis(limit), greetingMillis, lastBytesMillis, idleMillis, drainMillis, sessionsMax);
    }

    /** Returns limits with another time for a client to say who it is; 0 for ever. */
    public ProxyLimits greeting(Duration limit) {
        return new ProxyLimits(connectMillis, millis(limit), lastBytesMillis, idleMillis, drainMillis, sessionsMax);
    }

    /**
     * Returns limits with another time for a side that takes nothing of what the other had said, once that has ended.
     * Then it is reset. A side that is slow, but takes some, is waited for.
     */
    public ProxyLimits lastBytes(Duration limit) {
        return new ProxyLimits(connectMillis, greetingMillis, millis(limit), idleMillis, drainMillis, sessionsMax);
    }

    /** Returns limits with another time in which nobody says anything; 0 for ever. */
    public ProxyLimits idle(Duration limit) {
        return new ProxyLimits(connectMillis, greetingMillis, lastBytesMillis, millis(limit), drainMillis, sessionsMax);
    }

    /** Returns limits with another time for sessions to end by themselves when the proxy stops; then they are reset. */
    public ProxyLimits drain(Duration limit) {
        return new ProxyLimits(connectMillis, greetingMillis, lastBytesMillis, idleMillis, millis(limit), sessionsMax);
    }

    /** Returns limits with another number of sessions at once; 0 for any. A further client is refused with 53300. */
    public ProxyLimits sessions(int max) {
        return new ProxyLimits(connectMillis, greetingMillis, lastBytesMillis, idleMillis, drainMillis, max);
    }

    private static int millis(Duration limit) {
        long millis = limit.toMillis();
        if (millis < 0 || millis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a limit of the proxy must be from 0 to " + Integer.MAX_VALUE + " ms and is " + limit + ".");
        }
        return (int) millis;
    }
}
