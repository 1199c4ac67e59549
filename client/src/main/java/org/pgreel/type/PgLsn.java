package org.pgreel.type;

/**
 * A value of the type pg_lsn: a place in the write-ahead log. Immutable.
 *
 * @param position bytes from the log's begin, unsigned
 */
public record PgLsn(long position) implements Comparable<PgLsn> {
    private static final int HALF_DIGITS_MAX = 8;

    /**
     * Returns the place that the text tells, such as {@code 16/B374D848}.
     *
     * @throws MalformedValueException if it tells none
     */
    public static PgLsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw malformed();
        }
        return new PgLsn(half(text.substring(0, slash)) << 32 | half(text.substring(slash + 1)));
    }

    private static long half(String digits) {
        boolean hex = !digits.isEmpty()
                && digits.length() <= HALF_DIGITS_MAX
                && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        if (!hex) {
            throw malformed();
        }
        return Long.parseLong(digits, 16);
    }

    private static MalformedValueException malformed() {
        return new MalformedValueException("not two hexadecimal numbers with a slash between them");
    }

    @Override
    public int compareTo(PgLsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    /** Returns the place as PostgreSQL writes it, such as {@code 16/B374D848}. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFFFFFFL);
    }
}
