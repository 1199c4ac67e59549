package org.pgreel.type;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an interval in the style that {@code IntervalStyle} names: a P leads in {@code iso_8601}, an at sign in {@code
 * postgres_verbose}; {@code postgres} has words and {@code sql_standard} none.
 */
final class IntervalText {
    private static final int LONGEST = 200;

    private static final Pattern ISO = Pattern.compile("([+-]?\\d+(?:\\.\\d{1,6})?)([YMDHS])");
    private static final Pattern WORDS = Pattern.compile("([+-]?\\d+(?:\\.\\d{1,6})?) (year|mon|day|hour|min|sec)s?");
    private static final Pattern CLOCK = Pattern.compile("([+-]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?");
    private static final Pattern YEARS = Pattern.compile("([+-]?)(\\d+)-(\\d+)");
    private static final Pattern DAYS = Pattern.compile("([+-]?)(\\d+)");
    private static final List<String> UNITS = List.of("year", "mon", "day", "hour", "min", "sec");

    private static final long MICROS_PER_SECOND = 1_000_000;

    private long months;
    private long days;
    private long micros;

    private IntervalText() {}

    static PgInterval parse(String text) {
        if (text.equals(IsoText.INFINITY)) {
            return PgInterval.INFINITY;
        } else if (text.equals(IsoText.NEGATIVE_INFINITY)) {
            return PgInterval.NEGATIVE_INFINITY;
        } else if (text.isEmpty() || text.length() > LONGEST) {
            throw malformed();
        }
        var sum = new IntervalText();
        try {
            sum.read(text);
            return new PgInterval(Math.toIntExact(sum.months), Math.toIntExact(sum.days), sum.micros);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MalformedValueException("the interval is longer than an interval can be");
        }
    }

    private void read(String text) {
        if (text.charAt(0) == 'P') {
            iso(text);
        } else if (text.charAt(0) == '@') {
            verbose(text);
        } else if (text.chars().anyMatch(c -> Ascii.isLetter((char) c))) {
            words(text);
        } else {
            sqlStandard(text);
        }
    }

    /** {@code P1Y2M-3DT4H5M-6.7S}. */
    private void iso(String text) {
        int time = text.indexOf('T');
        int at = 1;
        Matcher part = ISO.matcher(text);
        while (at < text.length()) {
            if (at == time) {
                at++;
            }
            if (!part.region(at, text.length()).lookingAt()) {
                throw malformed();
            }
            boolean clock = time >= 0 && at > time;
            switch (part.group(2)) {
                case "Y" -> add("year", part.group(1));
                case "M" -> add(clock ? "min" : "mon", part.group(1));
                case "D" -> add("day", part.group(1));
                case "H" -> add("hour", part.group(1));
                default -> add("sec", part.group(1));
            }
            at = part.end();
        }
        if (text.length() == 1 || time == text.length() - 1) {
            throw malformed();
        }
    }

    /** {@code @ 1 year -2 mons 3 days 4 hours 5 mins 6.7 secs ago}, or {@code @ 0}. */
    private void verbose(String text) {
        boolean ago = text.endsWith(" ago");
        String parts = text.substring(1, text.length() - (ago ? 4 : 0)).strip();
        if (!parts.equals("0")) {
            words(parts);
        }
        if (ago) {
            months = Math.negateExact(months);
            days = Math.negateExact(days);
            micros = Math.negateExact(micros);
        }
    }

    /** {@code 1 year -2 mons +3 days -04:05:06.7}. */
    private void words(String text) {
        int at = 0;
        Matcher word = WORDS.matcher(text);
        while (at < text.length() && word.region(at, text.length()).lookingAt()) {
            add(word.group(2), word.group(1));
            at = word.end();
            if (at < text.length() && text.charAt(at++) != ' ') {
                throw malformed();
            }
        }
        if (at < text.length()) {
            Matcher clock = CLOCK.matcher(text).region(at, text.length());
            if (!clock.matches()) {
                throw malformed();
            }
            addClock(clock, clock.group(1).equals("-"));
        }
    }

    /** {@code 1-2}, {@code -3 4:05:06} (the sign is that of both), {@code +1-2 -3 +4:05:06} or {@code 0}. */
    private void sqlStandard(String text) {
        boolean negative = false;
        for (String part : text.split(" ", -1)) {
            Matcher years = YEARS.matcher(part);
            Matcher clock = CLOCK.matcher(part);
            Matcher day = DAYS.matcher(part);
            Matcher found = years.matches() ? years : clock.matches() ? clock : day;
            if (found == day && !day.matches()) {
                throw malformed();
            }
            negative = found.group(1).isEmpty() ? negative : found.group(1).equals("-");
            String sign = negative ? "-" : "";
            if (found == years) {
                add("year", sign + years.group(2));
                add("mon", sign + years.group(3));
            } else if (found == clock) {
                addClock(clock, negative);
            } else {
                add("day", sign + day.group(2));
            }
        }
    }

    private void addClock(Matcher clock, boolean negative) {
        String sign = negative ? "-" : "";
        String fraction = clock.group(5);
        add("hour", sign + clock.group(2));
        add("min", sign + clock.group(3));
        add("sec", sign + clock.group(4) + (fraction == null ? "" : "." + fraction));
    }

    private void add(String unit, String number) {
        int point = number.indexOf('.');
        if (point >= 0 && !unit.equals("sec")) {
            throw malformed();
        }
        long whole = Long.parseLong(point < 0 ? number : number.substring(0, point));
        switch (UNITS.indexOf(unit)) {
            case 0 -> months = Math.addExact(months, Math.multiplyExact(whole, 12));
            case 1 -> months = Math.addExact(months, whole);
            case 2 -> days = Math.addExact(days, whole);
            case 3 -> addSeconds(Math.multiplyExact(whole, 3600));
            case 4 -> addSeconds(Math.multiplyExact(whole, 60));
            default -> {
                addSeconds(whole);
                long fraction = point < 0 ? 0 : fraction(number.substring(point + 1));
                micros = Math.addExact(micros, number.charAt(0) == '-' ? -fraction : fraction);
            }
        }
    }

    private void addSeconds(long seconds) {
        micros = Math.addExact(micros, Math.multiplyExact(seconds, MICROS_PER_SECOND));
    }

    private static long fraction(String digits) {
        return Long.parseLong((digits + "000000").substring(0, 6));
    }

    private static MalformedValueException malformed() {
        return new MalformedValueException("in none of the four interval styles");
    }
}
