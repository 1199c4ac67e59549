package org.pgreel.client.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.SystemChance;
import org.pgreel.client.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects {@link PoolOptions}; each has a standard. Confined to one thread. */
public final class PoolOptionsBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);

    int min;
    int max = 10;
    int connectsAtOnce = 4;
    Duration maxLife = Duration.ofMinutes(30);
    double lifeJitter = 0.1;
    Duration idleTimeout = Duration.ofMinutes(10);
    Duration validateAfter = Duration.ofSeconds(30);
    Duration checkTimeout = Duration.ofSeconds(5);
    Duration acquireTimeout = Duration.ofSeconds(30);
    Duration drainLimit = Duration.ofSeconds(10);
    SessionReset reset = SessionReset.RESTORE;
    boolean primariesOnly;
    RetryPolicy connectRetry = new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(5));
    RetryPolicy transactionRetry = RetryPolicy.DEFAULT;

    @Nullable
    Duration leakReportAfter;

    Consumer<LeakReport> leakListener = PoolOptionsBuilder::log;

    @Nullable
    Timers timers;

    final List<PoolObserver> observers = new ArrayList<>();
    DoubleSupplier random = SystemChance.fractions();

    PoolOptionsBuilder() {}

    private static void log(LeakReport report) {
        LOG.warn(
                "A session{} has been lent for {} ms and was not returned; it was acquired at the place that follows",
                report.processId().map(id -> " with backend " + id).orElse(""),
                report.lentFor().toMillis(),
                report.acquiredAt());
    }

    /**
     * Sets how many sessions are kept also when nobody needs them; the standard is 0.
     *
     * @param count from 0 to max
     * @return this builder
     */
    public PoolOptionsBuilder min(int count) {
        this.min = atLeast("min", count, 0);
        return this;
    }

    /**
     * Sets how many sessions there are at most; the standard is 10.
     *
     * @param count at least 1
     * @return this builder
     */
    public PoolOptionsBuilder max(int count) {
        this.max = atLeast("max", count, 1);
        return this;
    }

    /**
     * Sets how many sessions may be on their way to ready at once; the standard is 4. While connecting fails it is one.
     *
     * @param count at least 1
     * @return this builder
     */
    public PoolOptionsBuilder connectsAtOnce(int count) {
        this.connectsAtOnce = atLeast("connectsAtOnce", count, 1);
        return this;
    }

    /**
     * Sets how long a session lives at most; the standard is 30 minutes.
     *
     * @param life more than 0
     * @return this builder
     */
    public PoolOptionsBuilder maxLife(Duration life) {
        this.maxLife = positive("maxLife", life);
        return this;
    }

    /**
     * Sets by which part, at random, a life is shorter than maxLife; the standard is 0.1.
     *
     * @param part from 0 to 1
     * @return this builder
     */
    public PoolOptionsBuilder lifeJitter(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("lifeJitter is " + part + "; it must be from 0 to 1");
        }
        this.lifeJitter = part;
        return this;
    }

    /**
     * Sets how long a session above min stays idle; the standard is 10 minutes.
     *
     * @param time more than 0
     * @return this builder
     */
    public PoolOptionsBuilder idleTimeout(Duration time) {
        this.idleTimeout = positive("idleTimeout", time);
        return this;
    }

    /**
     * Sets after how long idle a session is asked, by an empty query, whether it is still good; the standard is 30 s. The
     * end of a connection is noticed without it; this is for networks that forget connections.
     *
     * @param time 0 asks each time
     * @return this builder
     */
    public PoolOptionsBuilder validateAfter(Duration time) {
        this.validateAfter = notNegative("validateAfter", time);
        return this;
    }

    /**
     * Sets how long that question, or a reset, may take before the session is given up; the standard is 5 s.
     *
     * @param time more than 0
     * @return this builder
     */
    public PoolOptionsBuilder checkTimeout(Duration time) {
        this.checkTimeout = positive("checkTimeout", time);
        return this;
    }

    /**
     * Sets how long an acquire waits; the standard is 30 s.
     *
     * @param time more than 0
     * @return this builder
     */
    public PoolOptionsBuilder acquireTimeout(Duration time) {
        this.acquireTimeout = positive("acquireTimeout", time);
        return this;
    }

    /**
     * Sets how long {@link SessionPool#close} waits for the sessions that are lent; the standard is 10 s.
     *
     * @param time 0 takes them at once
     * @return this builder
     */
    public PoolOptionsBuilder drainLimit(Duration time) {
        this.drainLimit = notNegative("drainLimit", time);
        return this;
    }

    /**
     * Sets what is done with a session that comes back; the standard is {@link SessionReset#RESTORE}.
     *
     * @param how what is done
     * @return this builder
     */
    public PoolOptionsBuilder reset(SessionReset how) {
        this.reset = how;
        return this;
    }

    /**
     * Sets whether sessions with servers that take no writes (standbys, or read only by default) are given up, so that the
     * pool follows the primary; the standard is false.
     *
     * @param only whether they are
     * @return this builder
     */
    public PoolOptionsBuilder primariesOnly(boolean only) {
        this.primariesOnly = only;
        return this;
    }

    /**
     * Sets the waits between attempts to connect that fail; the standard grows from 100 ms to 5 s. The number of attempts is
     * not limited by it.
     *
     * @param policy the waits
     * @return this builder
     */
    public PoolOptionsBuilder connectRetry(RetryPolicy policy) {
        this.connectRetry = policy;
        return this;
    }

    /**
     * Sets how often {@link SessionPool#inTransaction} tries; the standard is {@link RetryPolicy#DEFAULT}.
     *
     * @param policy attempts and waits
     * @return this builder
     */
    public PoolOptionsBuilder transactionRetry(RetryPolicy policy) {
        this.transactionRetry = policy;
        return this;
    }

    /**
     * Has borrowers reported, once each, who keep a session for long; the report goes to the log. Off by default, because
     * each acquire then takes a stack trace.
     *
     * @param time after how long
     * @return this builder
     */
    public PoolOptionsBuilder leakReportAfter(Duration time) {
        return leakReportAfter(time, PoolOptionsBuilder::log);
    }

    /**
     * Has borrowers reported, once each, who keep a session for long.
     *
     * @param time after how long
     * @param listener who hears of it, on a thread that may not block
     * @return this builder
     */
    public PoolOptionsBuilder leakReportAfter(Duration time, Consumer<LeakReport> listener) {
        this.leakReportAfter = positive("leakReportAfter", time);
        this.leakListener = listener;
        return this;
    }

    /**
     * Sets what measures time; the standard is the client's event loops.
     *
     * @param given the timers
     * @return this builder
     */
    public PoolOptionsBuilder timers(Timers given) {
        this.timers = given;
        return this;
    }

    /**
     * Sets the randomness of lives and waits; the standard is the runtime's.
     *
     * @param numbers gives numbers from 0 (inclusive) to 1 (exclusive), on any thread
     * @return this builder
     */
    public PoolOptionsBuilder random(DoubleSupplier numbers) {
        this.random = numbers;
        return this;
    }

    /**
     * Adds who measures the pool.
     *
     * @param observer who is told that it begins
     * @return this builder
     */
    public PoolOptionsBuilder observer(PoolObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if min is above max
     */
    public PoolOptions build() {
        if (min > max) {
            throw new IllegalArgumentException("min (" + min + ") is above max (" + max + ")");
        }
        return new PoolOptions(this);
    }

    private static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isZero()) {
            throw new IllegalArgumentException(name + " is 0; it must be more");
        }
        return notNegative(name, value);
    }

    private static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + "; it may not be negative");
        }
        return value;
    }
}
