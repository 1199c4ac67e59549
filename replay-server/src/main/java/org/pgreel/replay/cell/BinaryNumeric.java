package org.pgreel.replay.cell;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * The binary form of {@code numeric}: digits to the base of 10,000 around a weight, as {@code numeric_send} writes and
 * {@code numeric_recv} reads them.
 */
final class BinaryNumeric {
    private static final int BASE_DIGITS = 4;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    /** The display scale that servers send with an infinity; nobody reads it. */
    private static final int INFINITE_SCALE = 0x20;

    private static final int HEADER_BYTES = 8;

    private BinaryNumeric() {}

    /**
     * Returns the number in binary.
     *
     * @throws NumberFormatException if the text is no number
     */
    static Bytes of(String text) {
        return switch (text) {
            case "NaN" -> special(NAN, 0);
            case "Infinity" -> special(INFINITY, INFINITE_SCALE);
            case "-Infinity" -> special(NEGATIVE_INFINITY, INFINITE_SCALE);
            default -> finite(new BigDecimal(text));
        };
    }

    private static Bytes special(int sign, int scale) {
        return BinaryCell.written(start(0, 0, sign, scale, HEADER_BYTES));
    }

    private static ByteBuffer start(int digits, int weight, int sign, int scale, int bytes) {
        return ByteBuffer.allocate(bytes)
                .putShort((short) digits)
                .putShort((short) weight)
                .putShort((short) sign)
                .putShort((short) scale);
    }

    private static Bytes finite(BigDecimal number) {
        BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
        int groupsBehind = (plain.scale() + BASE_DIGITS - 1) / BASE_DIGITS;
        BigInteger rest =
                plain.setScale(groupsBehind * BASE_DIGITS).unscaledValue().abs();
        Deque<Short> digits = new ArrayDeque<>();
        int count = 0;
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            short digit = parts[1].shortValue();
            if (digit != 0 || !digits.isEmpty()) {
                digits.push(digit);
            }
            rest = parts[0];
            count++;
        }
        int weight = digits.isEmpty() ? 0 : count - groupsBehind - 1;
        int sign = plain.signum() < 0 ? NEGATIVE : 0;
        ByteBuffer written = start(digits.size(), weight, sign, plain.scale(), HEADER_BYTES + 2 * digits.size());
        digits.forEach(written::putShort);
        return BinaryCell.written(written);
    }

    /** Returns the number as text, as a server would write it; null if the bytes are none. */
    static @Nullable String text(Bytes value) {
        var buffer = ByteBuffer.wrap(value.toArray());
        if (buffer.remaining() < HEADER_BYTES) {
            return null;
        }
        int digits = buffer.getShort();
        int weight = buffer.getShort();
        int sign = buffer.getShort() & 0xFFFF;
        int scale = buffer.getShort();
        if (digits < 0 || scale < 0 || buffer.remaining() != 2 * digits) {
            return null;
        }
        switch (sign) {
            case NAN:
                return "NaN";
            case INFINITY:
                return "Infinity";
            case NEGATIVE_INFINITY:
                return "-Infinity";
            default:
                break;
        }
        BigInteger whole = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            whole = whole.multiply(BASE).add(BigInteger.valueOf(buffer.getShort()));
        }
        BigDecimal number = new BigDecimal(whole).scaleByPowerOfTen(BASE_DIGITS * (weight - digits + 1));
        BigDecimal scaled = number.setScale(scale, RoundingMode.DOWN);
        return (sign == NEGATIVE ? scaled.negate() : scaled).toPlainString();
    }
}
