package org.pgreel.type;

import java.math.BigDecimal;

/**
 * A value of the type money. How many digits stand behind the point depends on the server's {@code lc_monetary}, which the
 * wire does not tell: two in most countries, none in Japan. Immutable.
 *
 * @param units the amount in the smallest unit, such as cents
 */
public record PgMoney(long units) {

    /**
     * Returns the amount.
     *
     * @param fractionDigits how many digits stand behind the point in the server's {@code lc_monetary}
     */
    public BigDecimal amount(int fractionDigits) {
        return BigDecimal.valueOf(units, fractionDigits);
    }

    /** All of an amount's digits are always written out, so those alone tell the units, whatever stands between them. */
    static PgMoney parse(String text) {
        boolean negative = text.indexOf('-') >= 0 || text.indexOf('(') >= 0;
        var digits = new StringBuilder(negative ? "-" : "");
        text.chars().filter(c -> Ascii.isDigit((char) c)).forEach(c -> digits.append((char) c));
        return new PgMoney(Int8Codec.INSTANCE.parse(digits.toString()));
    }
}
