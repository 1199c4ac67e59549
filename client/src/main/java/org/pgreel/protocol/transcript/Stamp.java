package org.pgreel.protocol.transcript;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * The number of a message in its session and, if known, the time since the session began: {@code 12+0.034}. Kept and
 * never compared.
 *
 * @param number as recordings count messages
 * @param nanos nanoseconds
 */
public record Stamp(long number, OptionalLong nanos) {
    private static final int NANO_DIGITS = 9;
    private static final int LEAST_DIGITS = 3;

    /** Refuses negative ones. */
    public Stamp {
        if (number < 0 || (nanos.isPresent() && nanos.getAsLong() < 0)) {
            throw new IllegalArgumentException("A stamp is not negative");
        }
    }

    /** Returns a stamp without time. */
    public static Stamp of(long number) {
        return new Stamp(number, OptionalLong.empty());
    }

    /** Returns a stamp with the time in nanoseconds. */
    public static Stamp of(long number, long nanos) {
        return new Stamp(number, OptionalLong.of(nanos));
    }

    /** Returns the stamp as a line begins with it; seconds with three decimals, or as many as they need. */
    @Override
    public String toString() {
        if (nanos.isEmpty()) {
            return Long.toString(number);
        }
        BigDecimal seconds = BigDecimal.valueOf(nanos.getAsLong(), NANO_DIGITS).stripTrailingZeros();
        return number + "+"
                + seconds.setScale(Math.max(LEAST_DIGITS, seconds.scale())).toPlainString();
    }

    /** Reads what {@link #toString} writes. */
    static Stamp parse(String spelling, Place place) {
        int plus = spelling.indexOf('+');
        try {
            long number = Long.parseLong(plus < 0 ? spelling : spelling.substring(0, plus));
            if (plus < 0) {
                return of(number);
            }
            return of(
                    number,
                    new BigDecimal(spelling.substring(plus + 1))
                            .movePointRight(NANO_DIGITS)
                            .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw place.failure("expected a message number and seconds, such as 12+0.034, not \"" + spelling + "\"");
        }
    }
}
