package org.pgreel.type;

/** Reads the hottest types into Java's primitives, without an object for value or reader. */
public final class Scalars {
    private Scalars() {}

    /**
     * Reads an int2, int4 or int8; in binary its length tells which.
     *
     * @throws MalformedValueException if it is none, or has more than 32 bits
     */
    public static int readInt(boolean binary, byte[] buffer, int from, int to) {
        return binary && to - from == Integer.BYTES
                ? ValueReader.int32At(buffer, from)
                : Int4Codec.narrow(readLong(binary, buffer, from, to));
    }

    /**
     * Reads an int8, int4 or int2; in binary its length tells which.
     *
     * @throws MalformedValueException if it is none
     */
    public static long readLong(boolean binary, byte[] buffer, int from, int to) {
        if (!binary) {
            return Int8Codec.parse(buffer, from, to);
        }
        return switch (to - from) {
            case Long.BYTES -> ValueReader.int64At(buffer, from);
            case Integer.BYTES -> ValueReader.int32At(buffer, from);
            case Short.BYTES -> Int2Codec.read(buffer, from, to);
            default -> throw new MalformedValueException((to - from) + " bytes are no whole number");
        };
    }

    /**
     * Reads a float8 or float4 in binary; its length tells which.
     *
     * @throws MalformedValueException if it is none
     */
    public static double readDouble(byte[] buffer, int from, int to) {
        return to - from == Float.BYTES
                ? Float.intBitsToFloat(ValueReader.int32At(buffer, from))
                : Float8Codec.read(buffer, from, to);
    }

    /**
     * Reads a bool.
     *
     * @throws MalformedValueException if it is none
     */
    public static boolean readBoolean(boolean binary, byte[] buffer, int from, int to) {
        return binary ? BoolCodec.read(buffer, from, to) : BoolCodec.INSTANCE.decodeText(buffer, from, to);
    }
}
