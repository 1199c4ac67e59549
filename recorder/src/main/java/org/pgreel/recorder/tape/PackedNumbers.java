package org.pgreel.recorder.tape;

/** Reads what {@link GrowingBytes} wrote, never behind its end. */
final class PackedNumbers {

    private static final int BITS_MAX = 63;

    private final byte[] array;
    private final int to;
    private int at;

    PackedNumbers(byte[] array, int from, int to) {
        this.array = array;
        this.at = from;
        this.to = to;
    }

    boolean more() {
        return at < to;
    }

    int at() {
        return at;
    }

    int octet() {
        if (at >= to) {
            throw new TapeProblem("an event is cut");
        }
        return array[at++] & 0xff;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift <= BITS_MAX; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw new TapeProblem("a number has more than 64 bits");
    }

    /** Returns a number that lies between two others. */
    int number(int from, int max, String what) {
        long value = number();
        if (value < from || value > max) {
            throw new TapeProblem(what + " of " + value + " is not between " + from + " and " + max);
        }
        return (int) value;
    }

    /** Passes over bytes and returns where they begin. */
    int skip(int count) {
        if (count > to - at) {
            throw new TapeProblem("an event announces " + count + " bytes where " + (to - at) + " are left");
        }
        int start = at;
        at += count;
        return start;
    }
}
