package org.pgreel.type;

/** float8. Its text is what {@link Double#toString} writes and more, but for suffixes and hexadecimal digits. */
final class Float8Codec implements Codec<Double> {
    static final Float8Codec INSTANCE = new Float8Codec();

    private Float8Codec() {}

    @Override
    public Class<Double> javaType() {
        return Double.class;
    }

    @Override
    public Double readBinary(ValueReader in) {
        return in.readFloat8();
    }

    @Override
    public void writeBinary(Double value, ValueWriter out) {
        out.writeFloat8(value);
    }

    @Override
    public Double parse(String text) {
        return Double.parseDouble(checked(text));
    }

    @Override
    public String print(Double value) {
        return Double.toString(value);
    }

    @Override
    public Double decodeBinary(byte[] buffer, int from, int to) {
        return read(buffer, from, to);
    }

    static double read(byte[] buffer, int from, int to) {
        Int8Codec.requireLength(8, to - from);
        return Double.longBitsToDouble(ValueReader.int64At(buffer, from));
    }

    /** Returns the text if PostgreSQL may have written it: Java's parser takes suffixes, blanks and hexadecimal too. */
    static String checked(String text) {
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return text;
        }
        int at = digits(text, text.startsWith("-") || text.startsWith("+") ? 1 : 0);
        boolean whole = at > 0 && Ascii.isDigit(text.charAt(at - 1));
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            whole |= fraction > at + 1;
            at = fraction;
        }
        if (whole && at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
            int exponent = digits(text, at + sign);
            whole = exponent > at + sign;
            at = exponent;
        }
        if (!whole || at != text.length()) {
            throw new MalformedValueException("not a number");
        }
        return text;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
