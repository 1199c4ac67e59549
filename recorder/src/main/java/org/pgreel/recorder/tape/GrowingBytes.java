package org.pgreel.recorder.tape;

import java.util.Arrays;

/** Bytes that are written one behind the other; numbers as seven bits a byte, the lowest first. */
final class GrowingBytes {

    private byte[] array = new byte[1024];
    private int length;

    int length() {
        return length;
    }

    byte[] array() {
        return array;
    }

    void clear() {
        length = 0;
    }

    void octet(int value) {
        reserve(1);
        array[length++] = (byte) value;
    }

    void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            octet((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    void bytes(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, array, length, to - from);
        length += to - from;
    }

    /** Forgets the first bytes; the others move to the front. */
    void dropFirst(int count) {
        System.arraycopy(array, count, array, 0, length - count);
        length -= count;
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
