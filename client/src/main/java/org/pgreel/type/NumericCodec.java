package org.pgreel.type;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * numeric, whose scale is kept.
 *
 * <pre>
 *  0        2        4        6        8
 *  | groups | weight | sign   | scale  | groups of four decimal digits, 16 bits each …
 * </pre>
 *
 * <p>The first group counts 10000^weight. Trailing groups of zeros are left out, so that the scale alone tells how many
 * digits stand behind the point.
 */
final class NumericCodec implements Codec<PgNumeric> {
    static final NumericCodec INSTANCE = new NumericCodec();

    /** The server's: digits before the point and behind it. */
    static final int WHOLE_DIGITS_MAX = 131_072;

    static final int SCALE_MAX = 16_383;

    private static final int GROUP = 10_000;
    private static final int GROUP_DIGITS = 4;
    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    /** Groups that a long holds. */
    private static final int FEW = 4;

    private NumericCodec() {}

    @Override
    public Class<PgNumeric> javaType() {
        return PgNumeric.class;
    }

    @Override
    public PgNumeric readBinary(ValueReader in) {
        int groups = in.readUnsignedInt16();
        int weight = in.readInt16();
        int sign = in.readUnsignedInt16();
        int scale = in.readUnsignedInt16();
        in.requireRoomFor(groups, Short.BYTES);
        if (sign == NAN || sign == INFINITY || sign == NEGATIVE_INFINITY) {
            in.require(groups == 0, "digits of what is not finite");
            return sign == NAN ? PgNumeric.NAN : sign == INFINITY ? PgNumeric.INFINITY : PgNumeric.NEGATIVE_INFINITY;
        }
        in.require(sign == POSITIVE || sign == NEGATIVE, "an unknown sign");
        in.require(scale <= SCALE_MAX, "a scale above " + SCALE_MAX);
        int groupScale = (groups - 1 - weight) * GROUP_DIGITS;
        BigDecimal magnitude = groups <= FEW
                ? BigDecimal.valueOf(few(in, groups), groupScale)
                : new BigDecimal(many(in, groups), groupScale);
        BigDecimal unscaled = sign == NEGATIVE ? magnitude.negate() : magnitude;
        in.require(
                wholeDigits(unscaled) <= WHOLE_DIGITS_MAX,
                "more than " + WHOLE_DIGITS_MAX + " digits before the point");
        return PgNumeric.of(scaled(unscaled, scale, in));
    }

    /** The server never sends digits behind the scale. */
    private static BigDecimal scaled(BigDecimal value, int scale, ValueReader in) {
        if (value.signum() == 0) {
            return BigDecimal.valueOf(0, scale);
        }
        try {
            return value.setScale(scale);
        } catch (ArithmeticException e) {
            throw in.malformed("digits behind the scale");
        }
    }

    private static long few(ValueReader in, int groups) {
        long digits = 0;
        for (int i = 0; i < groups; i++) {
            digits = digits * GROUP + group(in);
        }
        return digits;
    }

    private static BigInteger many(ValueReader in, int groups) {
        char[] digits = new char[groups * GROUP_DIGITS];
        for (int i = 0; i < groups; i++) {
            int group = group(in);
            for (int j = GROUP_DIGITS - 1; j >= 0; j--) {
                digits[i * GROUP_DIGITS + j] = (char) ('0' + group % 10);
                group /= 10;
            }
        }
        return new BigInteger(new String(digits));
    }

    private static int group(ValueReader in) {
        int group = in.readUnsignedInt16();
        in.require(group < GROUP, "a group of digits above 9999");
        return group;
    }

    private static long wholeDigits(BigDecimal value) {
        return value.signum() == 0 ? 0 : (long) value.precision() - value.scale();
    }

    @Override
    public void writeBinary(PgNumeric value, ValueWriter out) {
        BigDecimal number = value.value();
        if (number == null) {
            int sign = value.kind() == PgNumeric.Kind.NAN
                    ? NAN
                    : value.kind() == PgNumeric.Kind.INFINITY ? INFINITY : NEGATIVE_INFINITY;
            // The scale of an infinity is 32 in what numeric_send writes; it has no meaning.
            out.writeInt16(0).writeInt16(0).writeInt16(sign).writeInt16(sign == NAN ? 0 : 32);
            return;
        }
        BigDecimal fitting = fitting(number);
        String digits = fitting.unscaledValue().abs().toString();
        int scale = fitting.scale();
        // Zeros on both sides, so that the point lies between two groups.
        int behind = (GROUP_DIGITS - scale % GROUP_DIGITS) % GROUP_DIGITS;
        int before = (GROUP_DIGITS - (digits.length() + behind) % GROUP_DIGITS) % GROUP_DIGITS;
        String padded = "0".repeat(before) + digits + "0".repeat(behind);
        int all = padded.length() / GROUP_DIGITS;
        int first = 0;
        while (first < all && groupAt(padded, first) == 0) {
            first++;
        }
        int last = all;
        while (last > first && groupAt(padded, last - 1) == 0) {
            last--;
        }
        int weight = first == all ? 0 : all - (scale + behind) / GROUP_DIGITS - 1 - first;
        out.writeInt16(last - first).writeInt16(weight);
        out.writeInt16(number.signum() < 0 ? NEGATIVE : POSITIVE).writeInt16(scale);
        for (int i = first; i < last; i++) {
            out.writeInt16(groupAt(padded, i));
        }
    }

    private static int groupAt(String digits, int index) {
        return Integer.parseInt(digits, index * GROUP_DIGITS, (index + 1) * GROUP_DIGITS, 10);
    }

    /** Refuses what the server would, before any digit is written out. */
    private static BigDecimal fitting(BigDecimal number) {
        if (number.scale() > SCALE_MAX || wholeDigits(number) > WHOLE_DIGITS_MAX) {
            throw new IllegalArgumentException("a numeric has at most " + WHOLE_DIGITS_MAX
                    + " digits before the point and " + SCALE_MAX + " behind it");
        }
        if (number.signum() == 0) {
            return BigDecimal.valueOf(0, Math.max(0, number.scale()));
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    @Override
    public PgNumeric parse(String text) {
        switch (text) {
            case "NaN":
                return PgNumeric.NAN;
            case "Infinity":
                return PgNumeric.INFINITY;
            case "-Infinity":
                return PgNumeric.NEGATIVE_INFINITY;
            default:
                return PgNumeric.of(number(text));
        }
    }

    private static BigDecimal number(String text) {
        if (text.length() > WHOLE_DIGITS_MAX + SCALE_MAX + 16) {
            throw new MalformedValueException("more digits than a numeric has");
        }
        try {
            return fitting(new BigDecimal(Float8Codec.checked(text)));
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("not a number that a numeric holds");
        }
    }

    @Override
    public String print(PgNumeric value) {
        return value.value() == null ? value.toString() : fitting(value.value()).toPlainString();
    }
}
