package org.pgreel.type;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes dates and times as {@code DateStyle = ISO} spells them. The other styles leave out the order of day and
 * month, so they are refused.
 */
final class IsoText {
    static final String INFINITY = "infinity";
    static final String NEGATIVE_INFINITY = "-infinity";

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(java.util.Locale.ROOT);
    private static final String END_OF_DAY = "24:00:00";

    private final String text;
    private int at;

    IsoText(String text) {
        this.text = text;
    }

    /** Returns the date, which is all that there is. */
    LocalDate onlyDate() {
        int[] day = day();
        LocalDate date = date(day);
        end();
        return date;
    }

    /** Returns the time of day, which is all that there is; 24:00 is {@link LocalTime#MAX}. */
    LocalTime onlyTime() {
        LocalTime time = time();
        end();
        return time;
    }

    /** Returns date and time, which is all that there is. */
    LocalDateTime onlyDateTime() {
        int[] day = day();
        expect(' ');
        LocalTime time = time();
        LocalDate date = date(day);
        end();
        return date.atTime(time);
    }

    /** Returns date and time in UTC, with the offset that stands behind them taken off. */
    LocalDateTime dateTimeWithOffset() {
        int[] day = day();
        expect(' ');
        LocalTime time = time();
        ZoneOffset offset = offset();
        LocalDate date = date(day);
        end();
        return date.atTime(time).minusSeconds(offset.getTotalSeconds());
    }

    /** Year, month, day: the era stands at the end. */
    private int[] day() {
        int year = number(4, 7);
        expect('-');
        int month = number(2, 2);
        expect('-');
        return new int[] {year, month, number(2, 2)};
    }

    private LocalDate date(int[] day) {
        boolean before = text.startsWith(" BC", at);
        at += before ? 3 : 0;
        try {
            return LocalDate.of(before ? 1 - day[0] : day[0], day[1], day[2]);
        } catch (DateTimeException e) {
            throw new MalformedValueException("there is no such day");
        }
    }

    LocalTime time() {
        if (text.startsWith(END_OF_DAY, at)) {
            at += END_OF_DAY.length();
            return LocalTime.MAX;
        }
        int hour = number(2, 2);
        expect(':');
        int minute = number(2, 2);
        expect(':');
        int second = number(2, 2);
        int nanos = 0;
        if (accept('.')) {
            int from = at;
            nanos = number(1, 6);
            for (int digits = at - from; digits < 9; digits++) {
                nanos *= 10;
            }
        }
        try {
            return LocalTime.of(hour, minute, second, nanos);
        } catch (DateTimeException e) {
            throw new MalformedValueException("there is no such time of day");
        }
    }

    /** Hours, and minutes and seconds where they are not zero. */
    ZoneOffset offset() {
        boolean west = accept('-');
        if (!west) {
            expect('+');
        }
        int seconds = number(2, 2) * 3600;
        seconds += accept(':') ? number(2, 2) * 60 : 0;
        seconds += accept(':') ? number(2, 2) : 0;
        try {
            return ZoneOffset.ofTotalSeconds(west ? -seconds : seconds);
        } catch (DateTimeException e) {
            throw new MalformedValueException("there is no such offset from UTC");
        }
    }

    private int number(int digitsMin, int digitsMax) {
        int from = at;
        int value = 0;
        while (at < text.length() && at - from < digitsMax && Ascii.isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at - from < digitsMin) {
            throw malformed();
        }
        return value;
    }

    private boolean accept(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw malformed();
        }
    }

    void end() {
        if (at != text.length()) {
            throw malformed();
        }
    }

    private MalformedValueException malformed() {
        return new MalformedValueException(
                "at character " + at + ": not as DateStyle ISO writes it: set that, or ask for binary");
    }

    static String print(LocalDate date) {
        return day(date) + era(date);
    }

    static String print(LocalTime time) {
        return time.equals(LocalTime.MAX) ? END_OF_DAY : TIME.format(time);
    }

    /** Returns date, time, the offset if there is one, and the era. */
    static String print(LocalDateTime value, @Nullable ZoneOffset offset) {
        LocalDate date = value.toLocalDate();
        return day(date) + " " + TIME.format(value) + (offset == null ? "" : print(offset)) + era(date);
    }

    static String print(ZoneOffset offset) {
        int seconds = Math.abs(offset.getTotalSeconds());
        var text = new StringBuilder(offset.getTotalSeconds() < 0 ? "-" : "+");
        appendTwo(text, seconds / 3600);
        if (seconds % 3600 != 0) {
            appendTwo(text.append(':'), seconds / 60 % 60);
        }
        if (seconds % 60 != 0) {
            appendTwo(text.append(':'), seconds % 60);
        }
        return text.toString();
    }

    private static String day(LocalDate date) {
        String year = Integer.toString(Math.abs(date.getYear() > 0 ? date.getYear() : date.getYear() - 1));
        var text = new StringBuilder("0".repeat(Math.max(0, 4 - year.length()))).append(year);
        appendTwo(text.append('-'), date.getMonthValue());
        return appendTwo(text.append('-'), date.getDayOfMonth()).toString();
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static StringBuilder appendTwo(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
