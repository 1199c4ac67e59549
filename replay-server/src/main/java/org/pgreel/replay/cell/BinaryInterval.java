package org.pgreel.replay.cell;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgreel.protocol.wire.Bytes;

/** The binary form of {@code interval}: microseconds, days and months, each with its own sign. */
final class BinaryInterval {
    private static final Pattern UNIT = Pattern.compile("([-+]?[0-9]+) (years?|mons?|days?)");
    private static final Pattern CLOCK = Pattern.compile("([-+]?)([0-9]+):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,6}))?");
    private static final int MONTHS_A_YEAR = 12;
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final int SECONDS_A_MINUTE = 60;

    private BinaryInterval() {}

    /**
     * Returns the interval in binary.
     *
     * @param text in the style {@code postgres}: {@code 1 year 2 mons -3 days 04:05:06.7}
     * @throws NumberFormatException if it is none
     */
    static Bytes of(String text) {
        int months = 0;
        int days = 0;
        Matcher unit = UNIT.matcher(text);
        while (unit.find()) {
            int number = Integer.parseInt(unit.group(1));
            switch (unit.group(2).charAt(0)) {
                case 'y' -> months += MONTHS_A_YEAR * number;
                case 'm' -> months += number;
                default -> days += number;
            }
        }
        String left = CLOCK.matcher(UNIT.matcher(text).replaceAll("")).replaceAll("");
        if (text.isBlank() || !left.isBlank()) {
            throw new NumberFormatException("no interval");
        }
        return BinaryCell.written(
                ByteBuffer.allocate(16).putLong(micros(text)).putInt(days).putInt(months));
    }

    private static long micros(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (!clock.find()) {
            return 0;
        }
        long minutes = Long.parseLong(clock.group(2)) * SECONDS_A_MINUTE + Long.parseLong(clock.group(3));
        long micros = (minutes * SECONDS_A_MINUTE + Long.parseLong(clock.group(4))) * MICROS_A_SECOND;
        String fraction = clock.group(5);
        if (fraction != null) {
            micros += Long.parseLong((fraction + "000000").substring(0, 6));
        }
        return clock.group(1).equals("-") ? -micros : micros;
    }
}
