package org.pgreel.recorder.redaction;

import java.util.Arrays;
import org.pgreel.protocol.wire.Bytes;

/** Bytes that came and have not left. Confined to one thread. */
final class HeldBytes {

    private byte[] bytes = new byte[0];
    private int length;

    void add(Bytes more) {
        if (length + more.length() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(length, more.length())));
        }
        more.copyTo(bytes, length);
        length += more.length();
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    Bytes slice(int from, int to) {
        return Bytes.copyOf(bytes, from, to);
    }

    void drop(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }
}
