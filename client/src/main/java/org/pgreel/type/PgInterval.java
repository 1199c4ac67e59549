package org.pgreel.type;

import java.time.Duration;
import java.time.Period;

/**
 * A value of the type interval: months, days and microseconds, which PostgreSQL never turns into each other, for a month
 * has no fixed number of days and a day no fixed number of hours. Neither {@link Period} nor {@link Duration} holds all
 * three. Immutable; equal by its parts (PostgreSQL holds a month equal to 30 days, and a day to 24 hours).
 *
 * @param months months, twelve a year
 * @param days days
 * @param micros microseconds
 */
public record PgInterval(int months, int days, long micros) {
    /** No time. */
    public static final PgInterval ZERO = new PgInterval(0, 0, 0);
    /** Infinity, which PostgreSQL has since version 17. */
    public static final PgInterval INFINITY = new PgInterval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    /** Minus infinity, which PostgreSQL has since version 17. */
    public static final PgInterval NEGATIVE_INFINITY =
            new PgInterval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);

    private static final long MICROS_PER_SECOND = 1_000_000;

    /**
     * Returns the period's months and days.
     *
     * @throws IllegalArgumentException if it has more months than fit
     */
    @SuppressWarnings("JavaPeriodGetDays") // Months are kept apart, as they are there.
    public static PgInterval of(Period period) {
        try {
            return new PgInterval(Math.toIntExact(period.toTotalMonths()), period.getDays(), 0);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the period has more months than an interval", e);
        }
    }

    /**
     * Returns the duration's microseconds; what is finer is cut off.
     *
     * @throws IllegalArgumentException if it is longer than some 292,000 years
     */
    public static PgInterval of(Duration duration) {
        try {
            long seconds = Math.multiplyExact(duration.getSeconds(), MICROS_PER_SECOND);
            return new PgInterval(0, 0, Math.addExact(seconds, duration.getNano() / 1000));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the duration is longer than an interval", e);
        }
    }

    /** Tells whether it is neither of the infinities. */
    public boolean isFinite() {
        return !equals(INFINITY) && !equals(NEGATIVE_INFINITY);
    }

    /**
     * Returns months and days, the years split off.
     *
     * @throws MalformedValueException if it is infinite or has microseconds, which a Period has not
     */
    public Period toPeriod() {
        if (!isFinite() || micros != 0) {
            throw new MalformedValueException(
                    "a Period holds neither infinity nor parts of a day: ask for a PgInterval");
        }
        return Period.of(months / 12, months % 12, days);
    }

    /**
     * Returns the microseconds.
     *
     * @throws MalformedValueException if it is infinite or has months or days, which have no fixed length
     */
    public Duration toDuration() {
        if (months != 0 || days != 0) {
            throw new MalformedValueException("a Duration holds neither months nor days: ask for a PgInterval");
        }
        return Duration.ofSeconds(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    /** Returns the interval as {@code IntervalStyle = iso_8601} writes it. */
    @Override
    public String toString() {
        return IntervalCodec.INSTANCE.print(this);
    }
}
