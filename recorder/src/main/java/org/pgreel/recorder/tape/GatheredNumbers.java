package org.pgreel.recorder.tape;

/** Reads what {@link ScatteredNumbers} wrote. */
final class GatheredNumbers {

    private final PackedNumbers sizes;
    private final PackedNumbers bits;
    private int current;
    private int currentBits;

    GatheredNumbers(PackedNumbers sizes, PackedNumbers bits) {
        this.sizes = sizes;
        this.bits = bits;
    }

    long next() {
        int octet = sizes.octet();
        int size = octet >> ScatteredNumbers.LEADING_BITS;
        if (size == 0) {
            return 0;
        }
        int leading = ScatteredNumbers.leading(size);
        long value = 1L << leading | octet & (1 << leading) - 1;
        for (int bit = ScatteredNumbers.below(size); bit > 0; bit--) {
            if (currentBits == 0) {
                current = bits.octet();
                currentBits = Byte.SIZE;
            }
            currentBits--;
            value = value << 1 | current >> currentBits & 1;
        }
        return value;
    }
}
