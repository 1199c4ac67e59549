package org.pgreel.recorder.tape;

/**
 * Writes numbers of which hardly two are alike, such as times: how long a number is and its next two bits are an octet,
 * and compress well because sizes repeat; the bits below go into a column of their own, where they do not spoil what
 * compresses.
 */
final class ScatteredNumbers {

    /** So many bits below the highest one stand with the size. */
    static final int LEADING_BITS = 2;

    private final GrowingBytes sizes;
    private final GrowingBytes bits;
    private int pending;
    private int pendingBits;

    ScatteredNumbers(GrowingBytes sizes, GrowingBytes bits) {
        this.sizes = sizes;
        this.bits = bits;
    }

    /** Writes a number that is not negative. */
    void add(long value) {
        int size = Long.SIZE - Long.numberOfLeadingZeros(value);
        int leading = leading(size);
        int below = below(size);
        int octet = size << LEADING_BITS;
        sizes.octet(octet | (int) (value >>> below & (1L << leading) - 1));
        for (int bit = below - 1; bit >= 0; bit--) {
            pending = pending << 1 | (int) (value >>> bit & 1);
            pendingBits++;
            if (pendingBits == Byte.SIZE) {
                bits.octet(pending);
                pending = 0;
                pendingBits = 0;
            }
        }
    }

    /** Fills the last octet. */
    void end() {
        if (pendingBits > 0) {
            bits.octet(pending << Byte.SIZE - pendingBits);
            pending = 0;
            pendingBits = 0;
        }
    }

    /** Returns how many bits of a number of a size stand with it. */
    static int leading(int size) {
        return Math.min(Math.max(size - 1, 0), LEADING_BITS);
    }

    /** Returns how many bits of a number of a size stand apart. */
    static int below(int size) {
        return Math.max(size - 1, 0) - leading(size);
    }
}
