package org.pgreel.type;

/** Floats of 16 bits (IEEE 754 binary16), which Java has from version 20 on. */
final class HalfFloat {
    private static final int FRACTION_BITS = 10;
    private static final int FRACTION = 0x3FF;
    private static final int EXPONENT = 0x1F;
    private static final int SIGN = 0x8000;
    private static final float LEAST = 0x1p-24f;
    private static final float LARGEST = 65_504f;

    private HalfFloat() {}

    static float toFloat(short half) {
        int exponent = half >> FRACTION_BITS & EXPONENT;
        int fraction = half & FRACTION;
        float value = exponent == EXPONENT
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : exponent == 0 ? fraction * LEAST : Math.scalb(1f + fraction / 1024f, exponent - 15);
        return (half & SIGN) == 0 ? value : -value;
    }

    /** Returns the nearest one, of two that are as near the even one, as the hardware does. */
    static short of(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        float magnitude = Math.abs(value);
        // Half a unit above the largest is rounded to infinity.
        if (Float.isNaN(value) || magnitude >= LARGEST + 16f) {
            throw new IllegalArgumentException("a number that no float of 16 bits holds");
        }
        int exponent = Math.max(magnitude == 0 ? -15 : Math.getExponent(magnitude), -15);
        // In units of the last bit at this exponent; those below 2^-14 share one.
        int unit = Math.max(exponent, -14) - FRACTION_BITS;
        int rounded = (int) Math.rint(Math.scalb((double) magnitude, -unit));
        int base = exponent < -14 ? 0 : (exponent + 14) << FRACTION_BITS;
        return (short) (sign | base + rounded);
    }
}
