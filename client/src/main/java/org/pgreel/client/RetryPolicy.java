package org.pgreel.client;

import java.time.Duration;

/**
 * How often a transaction is tried that lost against others, and how long is waited in between: the wait doubles from
 * one failure to the next up to a limit, and a random half of it keeps the losers from meeting again.
 *
 * @param attempts how often it is tried at most, the first time included; at least 1
 * @param firstDelay the wait behind the first failure
 * @param longestDelay the longest wait
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {

    /** Five attempts, with waits from 10 ms up to 1 s. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(10), Duration.ofSeconds(1));

    /** One attempt. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /** A delay is not doubled more often: what is longer than an age is no delay. */
    private static final int DOUBLINGS_MAX = 40;

    /** Checks that the numbers make sense. */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + "; it must be at least 1");
        }
        if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "the delays must be from 0 up: first " + firstDelay + ", longest " + longestDelay);
        }
    }

    /**
     * Returns how long to wait.
     *
     * @param failures how many attempts failed in a row, at least 1
     * @param random a random number from 0 (inclusive) to 1 (exclusive)
     * @return between half of the doubled delay and the whole of it
     */
    public Duration delay(int failures, double random) {
        double longest = longestDelay.toNanos();
        double doubled = firstDelay.toNanos() * Math.pow(2, Math.min(failures - 1, DOUBLINGS_MAX));
        double delay = Math.min(doubled, longest);
        return Duration.ofNanos((long) (delay / 2 + delay / 2 * random));
    }
}
