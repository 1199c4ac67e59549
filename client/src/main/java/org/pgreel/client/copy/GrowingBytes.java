package org.pgreel.client.copy;

import java.util.Arrays;
import org.pgreel.protocol.wire.Bytes;

/** Bytes that are written and taken. */
final class GrowingBytes {

    private static final int FIRST = 8 << 10;

    private byte[] array = new byte[FIRST];
    private int length;

    private void room(int more) {
        long needed = (long) length + more;
        if (needed > array.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("2 GiB were written and not taken");
            }
            array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(2L * array.length, Integer.MAX_VALUE - 8)));
        }
    }

    void add(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    void add(Bytes bytes) {
        room(bytes.length());
        bytes.copyTo(array, length);
        length += bytes.length();
    }

    void int16(int value) {
        room(Short.BYTES);
        array[length++] = (byte) (value >> 8);
        array[length++] = (byte) value;
    }

    void int32(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            array[length++] = (byte) (value >> shift);
        }
    }

    int length() {
        return length;
    }

    Bytes take() {
        Bytes taken = Bytes.copyOf(array, 0, length);
        length = 0;
        return taken;
    }
}
