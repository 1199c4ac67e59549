package org.pgreel.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers: each type for the Java class that fits it, and for those that hold all of it or say so when they do not. */
final class NumberCodecs {
    private static final Codec<Float> FLOAT4 = Codec.of(
            Float.class,
            ValueReader::readFloat4,
            (value, out) -> out.writeFloat4(value),
            text -> Float.parseFloat(Float8Codec.checked(text)),
            value -> Float.toString(value));

    private static final Codec<BigDecimal> NUMERIC =
            NumericCodec.INSTANCE.as(BigDecimal.class, PgNumeric::number, PgNumeric::of);

    /** Whatever a numeric is: a BigDecimal, or a PgNumeric where that cannot say it. */
    private static final Codec<Object> ANY_NUMERIC = NumericCodec.INSTANCE.as(
            Object.class,
            value -> value.value() == null ? value : value.value(),
            value -> value instanceof PgNumeric numeric ? numeric : PgNumeric.of((BigDecimal) value));

    /** Object identifiers and their kin: 32 bits without a sign. */
    private static final Codec<Long> OID = Codec.of(
            Long.class,
            in -> Integer.toUnsignedLong(in.readInt32()),
            (value, out) -> out.writeInt32((int) unsigned(value)),
            text -> parseUnsigned(text),
            value -> Long.toString(unsigned(value)));

    /** In text they are names, unless nothing in the catalogue bears their number. */
    private static final Codec<Long> REGISTERED = Codec.of(
            Long.class,
            OID::readBinary,
            OID::writeBinary,
            text -> text.equals("-") ? 0L : parseRegistered(text),
            OID::print);

    private static final Codec<String> REGISTERED_NAME = Codec.of(
            String.class,
            in -> OID.print(OID.readBinary(in)),
            (value, out) -> OID.writeBinary(parseRegistered(value), out),
            text -> text,
            TextCodec.PLAIN::print);

    /** Transaction ids that never wrap around: 64 bits without a sign, of which a long shows all that will be used. */
    private static final Codec<Long> XID8 = Codec.of(
            Long.class,
            ValueReader::readInt64,
            (value, out) -> out.writeInt64(value),
            NumberCodecs::parseUnsignedLong,
            Long::toUnsignedString);

    private NumberCodecs() {}

    static List<BuiltInCodecs.Entry> entries() {
        List<BuiltInCodecs.Entry> entries = new ArrayList<>();
        Codec<Integer> int4 = Int4Codec.INSTANCE;
        Codec<Long> int8 = Int8Codec.INSTANCE;
        Codec<Short> int2 = Int2Codec.INSTANCE;
        entries.add(BuiltInCodecs.Entry.of(23, int4, int4.as(Long.class, Integer::longValue, NumberCodecs::toInt)));
        entries.add(BuiltInCodecs.Entry.of(
                20,
                int8,
                int8.as(Integer.class, Int4Codec::narrow, Integer::longValue),
                int8.as(BigInteger.class, BigInteger::valueOf, NumberCodecs::toLong)));
        entries.add(BuiltInCodecs.Entry.of(
                21,
                int2,
                int2.as(Integer.class, Short::intValue, NumberCodecs::toShort),
                int2.as(Long.class, Short::longValue, NumberCodecs::toShort)));
        entries.add(BuiltInCodecs.Entry.of(701, Float8Codec.INSTANCE));
        entries.add(
                BuiltInCodecs.Entry.of(700, FLOAT4, FLOAT4.as(Double.class, Float::doubleValue, Double::floatValue)));
        entries.add(BuiltInCodecs.Entry.of(
                1700,
                ANY_NUMERIC,
                NUMERIC,
                NumericCodec.INSTANCE,
                NUMERIC.as(BigInteger.class, NumberCodecs::whole, BigDecimal::new),
                NUMERIC.as(Long.class, NumberCodecs::wholeLong, BigDecimal::valueOf),
                NUMERIC.as(Integer.class, value -> Int4Codec.narrow(wholeLong(value)), BigDecimal::valueOf),
                NumericCodec.INSTANCE.as(Double.class, PgNumeric::doubleValue, NumberCodecs::ofDouble)));
        entries.add(BuiltInCodecs.Entry.of(22, new VectorCodec<>(21, int2)));
        entries.add(BuiltInCodecs.Entry.of(30, new VectorCodec<>(26, OID)));
        IntStream.of(26, 28, 29).forEach(oid -> entries.add(BuiltInCodecs.Entry.of(oid, OID)));
        IntStream.of(24, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4089, 4096, 4191)
                .forEach(oid -> entries.add(BuiltInCodecs.Entry.of(oid, REGISTERED, REGISTERED_NAME)));
        entries.add(BuiltInCodecs.Entry.of(5069, XID8));
        return entries;
    }

    private static int toInt(long value) {
        if ((int) value != value) {
            throw new IllegalArgumentException("the number does not fit into 32 bits");
        }
        return (int) value;
    }

    private static short toShort(Number value) {
        if (value.shortValue() != value.longValue()) {
            throw new IllegalArgumentException("the number does not fit into 16 bits");
        }
        return value.shortValue();
    }

    private static long toLong(BigInteger value) {
        if (value.bitLength() > 63) {
            throw new IllegalArgumentException("the number does not fit into 64 bits");
        }
        return value.longValue();
    }

    private static BigInteger whole(BigDecimal value) {
        if (value.stripTrailingZeros().scale() > 0) {
            throw new MalformedValueException(
                    "digits behind the point, which a BigInteger has not: ask for a BigDecimal");
        }
        return value.toBigInteger();
    }

    private static long wholeLong(BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedValueException("not a whole number of 64 bits: ask for a BigDecimal");
        }
    }

    private static PgNumeric ofDouble(double value) {
        return Double.isNaN(value)
                ? PgNumeric.NAN
                : !Double.isInfinite(value)
                        ? PgNumeric.of(BigDecimal.valueOf(value))
                        : value > 0 ? PgNumeric.INFINITY : PgNumeric.NEGATIVE_INFINITY;
    }

    private static long unsigned(long value) {
        if (value < 0 || value > 0xFFFFFFFFL) {
            throw new IllegalArgumentException("the number is not one of 32 bits without a sign");
        }
        return value;
    }

    private static long parseUnsigned(String text) {
        long value = Int8Codec.INSTANCE.parse(text);
        if (value < 0 || value > 0xFFFFFFFFL) {
            throw new MalformedValueException("not a number of 32 bits without a sign");
        }
        return value;
    }

    private static long parseRegistered(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> Ascii.isDigit((char) c))) {
            return parseUnsigned(text);
        }
        throw new MalformedValueException("a name, and not a number: ask for a String, or for binary");
    }

    private static long parseUnsignedLong(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedValueException("not a number of 64 bits without a sign");
        }
    }
}
