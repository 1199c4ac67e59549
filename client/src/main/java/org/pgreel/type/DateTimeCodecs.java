package org.pgreel.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times. PostgreSQL counts from 2000-01-01 in days or microseconds; what Java has finer is cut off towards the
 * past, which never moves a value into the next second or day.
 *
 * <p>What PostgreSQL has and java.time has not is the greatest or least value of the Java class, which PostgreSQL has not:
 * infinity is {@code MAX}, minus infinity is {@code MIN}, the time 24:00:00 is {@link LocalTime#MAX}.
 */
final class DateTimeCodecs {
    static final Codec<LocalDate> DATE = Codec.of(
            LocalDate.class,
            in -> date(in.readInt32()),
            (date, out) -> out.writeInt32(days(date)),
            DateTimeCodecs::parseDate,
            DateTimeCodecs::print);

    static final Codec<LocalTime> TIME = Codec.of(
            LocalTime.class,
            DateTimeCodecs::readTime,
            (time, out) -> out.writeInt64(microsOfDay(time)),
            text -> new IsoText(text).onlyTime(),
            IsoText::print);

    static final Codec<OffsetTime> TIMETZ = Codec.of(
            OffsetTime.class,
            DateTimeCodecs::readTimetz,
            (time, out) -> out.writeInt64(microsOfDay(time.toLocalTime()))
                    .writeInt32(-time.getOffset().getTotalSeconds()),
            DateTimeCodecs::parseTimetz,
            time -> IsoText.print(time.toLocalTime()) + IsoText.print(time.getOffset()));

    static final Codec<LocalDateTime> TIMESTAMP = Codec.of(
            LocalDateTime.class,
            in -> local(in.readInt64()),
            (value, out) -> out.writeInt64(micros(value)),
            text -> text.equals(IsoText.INFINITY)
                    ? LocalDateTime.MAX
                    : text.equals(IsoText.NEGATIVE_INFINITY) ? LocalDateTime.MIN : new IsoText(text).onlyDateTime(),
            DateTimeCodecs::print);

    static final Codec<Instant> TIMESTAMPTZ = Codec.of(
            Instant.class,
            in -> instant(in.readInt64()),
            (value, out) -> out.writeInt64(micros(value)),
            text -> text.equals(IsoText.INFINITY)
                    ? Instant.MAX
                    : text.equals(IsoText.NEGATIVE_INFINITY)
                            ? Instant.MIN
                            : instant(new IsoText(text).dateTimeWithOffset()),
            DateTimeCodecs::print);

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final long EPOCH_DAY = EPOCH.toEpochDay();
    private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;

    private DateTimeCodecs() {}

    private static LocalDate date(int days) {
        return days == Integer.MAX_VALUE
                ? LocalDate.MAX
                : days == Integer.MIN_VALUE ? LocalDate.MIN : LocalDate.ofEpochDay(EPOCH_DAY + days);
    }

    private static int days(LocalDate date) {
        if (date.equals(LocalDate.MAX)) {
            return Integer.MAX_VALUE;
        } else if (date.equals(LocalDate.MIN)) {
            return Integer.MIN_VALUE;
        }
        long days = date.toEpochDay() - EPOCH_DAY;
        if ((int) days != days || days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw new IllegalArgumentException("a date of PostgreSQL ends in the year 5874897");
        }
        return (int) days;
    }

    private static LocalDate parseDate(String text) {
        return text.equals(IsoText.INFINITY)
                ? LocalDate.MAX
                : text.equals(IsoText.NEGATIVE_INFINITY) ? LocalDate.MIN : new IsoText(text).onlyDate();
    }

    private static String print(LocalDate date) {
        int days = days(date);
        return days == Integer.MAX_VALUE
                ? IsoText.INFINITY
                : days == Integer.MIN_VALUE ? IsoText.NEGATIVE_INFINITY : IsoText.print(date);
    }

    private static LocalTime readTime(ValueReader in) {
        long micros = in.readInt64();
        in.require(micros >= 0 && micros <= MICROS_PER_DAY, "there is no such time of day");
        return micros == MICROS_PER_DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * 1000);
    }

    private static long microsOfDay(LocalTime time) {
        return time.equals(LocalTime.MAX) ? MICROS_PER_DAY : time.toNanoOfDay() / 1000;
    }

    /** The wire counts the seconds west of Greenwich. */
    private static OffsetTime readTimetz(ValueReader in) {
        LocalTime time = readTime(in);
        int west = in.readInt32();
        int most = ZoneOffset.MAX.getTotalSeconds();
        in.require(west >= -most && west <= most, "there is no such offset from UTC");
        return time.atOffset(ZoneOffset.ofTotalSeconds(-west));
    }

    private static OffsetTime parseTimetz(String text) {
        var in = new IsoText(text);
        LocalTime time = in.time();
        ZoneOffset offset = in.offset();
        in.end();
        return time.atOffset(offset);
    }

    private static Instant instant(long micros) {
        return micros == Long.MAX_VALUE
                ? Instant.MAX
                : micros == Long.MIN_VALUE
                        ? Instant.MIN
                        : Instant.ofEpochSecond(
                                EPOCH_SECOND + Math.floorDiv(micros, MICROS_PER_SECOND),
                                Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    private static LocalDateTime local(long micros) {
        if (micros == Long.MAX_VALUE) {
            return LocalDateTime.MAX;
        } else if (micros == Long.MIN_VALUE) {
            return LocalDateTime.MIN;
        }
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(
                EPOCH_SECOND + Math.floorDiv(micros, MICROS_PER_SECOND), nanos, ZoneOffset.UTC);
    }

    private static long micros(LocalDateTime value) {
        return value.equals(LocalDateTime.MAX)
                ? Long.MAX_VALUE
                : value.equals(LocalDateTime.MIN) ? Long.MIN_VALUE : micros(value.toInstant(ZoneOffset.UTC));
    }

    private static long micros(Instant value) {
        return value.equals(Instant.MAX)
                ? Long.MAX_VALUE
                : value.equals(Instant.MIN) ? Long.MIN_VALUE : micros(value.getEpochSecond(), value.getNano());
    }

    private static long micros(long epochSecond, int nano) {
        try {
            long whole = Math.multiplyExact(epochSecond - EPOCH_SECOND, MICROS_PER_SECOND);
            return Math.addExact(whole, nano / 1000);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a timestamp of PostgreSQL ends in the year 294276", e);
        }
    }

    static Instant instant(LocalDateTime utc) {
        return utc.equals(LocalDateTime.MAX)
                ? Instant.MAX
                : utc.equals(LocalDateTime.MIN) ? Instant.MIN : utc.toInstant(ZoneOffset.UTC);
    }

    private static String print(LocalDateTime value) {
        return print(micros(value), null);
    }

    private static String print(Instant value) {
        return print(micros(value), ZoneOffset.UTC);
    }

    private static String print(long micros, @Nullable ZoneOffset offset) {
        return micros == Long.MAX_VALUE
                ? IsoText.INFINITY
                : micros == Long.MIN_VALUE ? IsoText.NEGATIVE_INFINITY : IsoText.print(local(micros), offset);
    }

    /** Returns the instant in UTC; {@code MAX} and {@code MIN} stay what they are. */
    static OffsetDateTime offset(Instant value) {
        return value.equals(Instant.MAX)
                ? OffsetDateTime.MAX
                : value.equals(Instant.MIN) ? OffsetDateTime.MIN : value.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(OffsetDateTime value) {
        return value.equals(OffsetDateTime.MAX)
                ? Instant.MAX
                : value.equals(OffsetDateTime.MIN) ? Instant.MIN : value.toInstant();
    }
}
