package org.pgreel.client.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.Timers;

/**
 * How many sessions a pool has, for how long, and what it does with them. Immutable.
 *
 * <p>{@code PoolOptions.builder().max(20).acquireTimeout(Duration.ofSeconds(3)).build()}
 */
public final class PoolOptions {
    /** What is longer counts as this, so that sums of times do not overflow. */
    private static final Duration LONG = Duration.ofDays(36_500);

    private final int min;
    private final int max;
    private final int connectsAtOnce;
    private final Duration maxLife;
    private final double lifeJitter;
    private final Duration idleTimeout;
    private final Duration validateAfter;
    private final Duration checkTimeout;
    private final Duration acquireTimeout;
    private final Duration drainLimit;
    private final SessionReset reset;
    private final boolean primariesOnly;
    private final RetryPolicy connectRetry;
    private final RetryPolicy transactionRetry;
    private final @Nullable Duration leakReportAfter;
    private final Consumer<LeakReport> leakListener;
    private final @Nullable Timers timers;
    private final DoubleSupplier random;
    private final List<PoolObserver> observers;

    PoolOptions(PoolOptionsBuilder builder) {
        this.min = builder.min;
        this.max = builder.max;
        this.connectsAtOnce = builder.connectsAtOnce;
        this.maxLife = builder.maxLife;
        this.lifeJitter = builder.lifeJitter;
        this.idleTimeout = builder.idleTimeout;
        this.validateAfter = builder.validateAfter;
        this.checkTimeout = builder.checkTimeout;
        this.acquireTimeout = builder.acquireTimeout;
        this.drainLimit = builder.drainLimit;
        this.reset = builder.reset;
        this.primariesOnly = builder.primariesOnly;
        this.connectRetry = builder.connectRetry;
        this.transactionRetry = builder.transactionRetry;
        this.leakReportAfter = builder.leakReportAfter;
        this.leakListener = builder.leakListener;
        this.timers = builder.timers;
        this.random = builder.random;
        this.observers = List.copyOf(builder.observers);
    }

    static long nanos(Duration duration) {
        return (duration.compareTo(LONG) > 0 ? LONG : duration).toNanos();
    }

    /** Returns a builder with the standard options. */
    public static PoolOptionsBuilder builder() {
        return new PoolOptionsBuilder();
    }

    /** Returns the standard options: up to 10 sessions, none kept without need. */
    public static PoolOptions defaults() {
        return builder().build();
    }

    /** Returns how many sessions the pool keeps also when nobody needs them. */
    public int min() {
        return min;
    }

    /** Returns how many sessions it has at most. */
    public int max() {
        return max;
    }

    /** Returns how many sessions may be on their way to ready at once. */
    public int connectsAtOnce() {
        return connectsAtOnce;
    }

    /** Returns how long a session lives at most; it is never taken from a borrower. */
    public Duration maxLife() {
        return maxLife;
    }

    /** Returns by which part, at random, a life is shorter, so that sessions do not end all at once. */
    public double lifeJitter() {
        return lifeJitter;
    }

    /** Returns how long a session above min stays idle. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** Returns after how long idle a session is asked whether it is still good, before it is lent. */
    public Duration validateAfter() {
        return validateAfter;
    }

    /** Returns how long that question, or a reset, may take before the session is given up. */
    public Duration checkTimeout() {
        return checkTimeout;
    }

    /** Returns how long an acquire waits. */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /** Returns how long {@link SessionPool#close} waits for the sessions that are lent. */
    public Duration drainLimit() {
        return drainLimit;
    }

    /** Returns what is done with a session that comes back. */
    public SessionReset reset() {
        return reset;
    }

    /** Returns whether sessions with servers that take no writes are given up. */
    public boolean primariesOnly() {
        return primariesOnly;
    }

    /** Returns the waits between attempts to connect that fail; there is no limit to their number. */
    public RetryPolicy connectRetry() {
        return connectRetry;
    }

    /** Returns how often {@link SessionPool#inTransaction} tries. */
    public RetryPolicy transactionRetry() {
        return transactionRetry;
    }

    /** Returns after how long a borrower is reported; empty for never. */
    public Optional<Duration> leakReportAfter() {
        return Optional.ofNullable(leakReportAfter);
    }

    Consumer<LeakReport> leakListener() {
        return leakListener;
    }

    /** Returns the timers that were given; empty for those of the client. */
    public Optional<Timers> timers() {
        return Optional.ofNullable(timers);
    }

    /** Returns who measures the pool. */
    public List<PoolObserver> observers() {
        return observers;
    }

    DoubleSupplier random() {
        return random;
    }
}
