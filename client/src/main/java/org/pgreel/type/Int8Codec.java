package org.pgreel.type;

/** int8 and the shorter integers, which are read as it and checked against their range: no boxing but the result's. */
final class Int8Codec implements Codec<Long> {
    static final Int8Codec INSTANCE = new Int8Codec();

    private static final int DIGITS_MAX = 19;

    private Int8Codec() {}

    @Override
    public Class<Long> javaType() {
        return Long.class;
    }

    @Override
    public Long readBinary(ValueReader in) {
        return in.readInt64();
    }

    @Override
    public void writeBinary(Long value, ValueWriter out) {
        out.writeInt64(value);
    }

    @Override
    public Long parse(String text) {
        byte[] bytes = Ascii.bytes(text);
        return parse(bytes, 0, bytes.length);
    }

    @Override
    public String print(Long value) {
        return Long.toString(value);
    }

    @Override
    public Long decodeBinary(byte[] buffer, int from, int to) {
        return read(buffer, from, to);
    }

    @Override
    public Long decodeText(byte[] buffer, int from, int to) {
        return parse(buffer, from, to);
    }

    static long read(byte[] buffer, int from, int to) {
        requireLength(8, to - from);
        return ValueReader.int64At(buffer, from);
    }

    static void requireLength(int expected, int found) {
        if (found != expected) {
            throw new MalformedValueException(found + " bytes instead of " + expected);
        }
    }

    /** Reads a decimal number of at most 64 bits. */
    static long parse(byte[] buffer, int from, int to) {
        boolean negative = from < to && buffer[from] == '-';
        int first = negative || from < to && buffer[from] == '+' ? from + 1 : from;
        if (first == to || to - first > DIGITS_MAX) {
            throw new MalformedValueException("not a whole number of 64 bits");
        }
        long value = 0;
        for (int i = first; i < to; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedValueException("not a whole number");
            }
            // Negative numbers reach one further.
            value = value * 10 - digit;
        }
        if (value > 0 || !negative && value == Long.MIN_VALUE) {
            throw new MalformedValueException("not a whole number of 64 bits");
        }
        return negative ? value : -value;
    }
}
