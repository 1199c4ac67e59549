package org.pgreel.type;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of the type numeric, also where a {@link BigDecimal} cannot say it: not a number, and the two infinities (which
 * PostgreSQL has since version 14). Ask for it only where these may come; plain numbers are BigDecimals. Immutable.
 *
 * @param kind which of the four it is
 * @param value the number; null unless it is finite
 */
public record PgNumeric(Kind kind, @Nullable BigDecimal value) {
    /** Not a number; PostgreSQL holds it equal to itself and greater than all others. */
    public static final PgNumeric NAN = new PgNumeric(Kind.NAN, null);
    /** Infinity. */
    public static final PgNumeric INFINITY = new PgNumeric(Kind.INFINITY, null);
    /** Minus infinity. */
    public static final PgNumeric NEGATIVE_INFINITY = new PgNumeric(Kind.NEGATIVE_INFINITY, null);

    /** What a numeric is. */
    public enum Kind {
        /** A number. */
        FINITE(""),
        /** Not a number. */
        NAN("NaN"),
        /** Greater than every number. */
        INFINITY("Infinity"),
        /** Less than every number. */
        NEGATIVE_INFINITY("-Infinity");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }
    }

    /** Refuses a number that is none. */
    public PgNumeric {
        if ((kind == Kind.FINITE) != (value != null)) {
            throw new IllegalArgumentException(
                    "a " + kind + " numeric has " + (value == null ? "no" : "a") + " number");
        }
    }

    /** Returns the number. */
    public static PgNumeric of(BigDecimal value) {
        return new PgNumeric(Kind.FINITE, Objects.requireNonNull(value, "value"));
    }

    /**
     * Returns the number.
     *
     * @throws MalformedValueException if it is not finite
     */
    public BigDecimal number() {
        if (value == null) {
            throw new MalformedValueException(kind.spelling + " is no BigDecimal: ask for a PgNumeric");
        }
        return value;
    }

    /** Returns the number; that which is not finite as double has it too. */
    public double doubleValue() {
        return value == null ? Double.parseDouble(kind.spelling) : value.doubleValue();
    }

    /** Returns the value as PostgreSQL writes it. */
    @Override
    public String toString() {
        return value == null ? kind.spelling : value.toPlainString();
    }
}
