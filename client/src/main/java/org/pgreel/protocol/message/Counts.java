package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** Lists that the wire writes as an unsigned Int16 count and its items. */
final class Counts {
    private static final int MAX = 0xFFFF;

    private Counts() {}

    static List<Integer> copyOf(List<Integer> items, String what) {
        if (items.size() > MAX) {
            requireInt16(items.size(), "number of " + what);
        }
        return List.copyOf(items);
    }

    static void requireInt16(int value, String what) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("The " + what + " is " + value + " and not within 0 to 65535");
        }
    }

    static void requireByte(int value, String what) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException("The " + what + " is " + value + " and not within 0 to 255");
        }
    }

    static void requireSignedInt16(int value, String what) {
        if (value != (short) value) {
            throw new IllegalArgumentException("The " + what + " is " + value + " and does not fit into an Int16");
        }
    }

    static List<Integer> readInt16s(MessageReader body) {
        int count = body.readCount(Short.BYTES);
        Integer[] items = new Integer[count];
        for (int i = 0; i < count; i++) {
            items[i] = body.readInt16();
        }
        return List.of(items);
    }

    static void writeInt16s(List<Integer> items, MessageWriter out) {
        out.writeInt16(items.size());
        for (int i = 0; i < items.size(); i++) {
            out.writeInt16(items.get(i));
        }
    }

    static List<Integer> readInt32s(MessageReader body) {
        int count = body.readCount(Integer.BYTES);
        Integer[] items = new Integer[count];
        for (int i = 0; i < count; i++) {
            items[i] = body.readInt32();
        }
        return List.of(items);
    }

    static void writeInt32s(List<Integer> items, MessageWriter out) {
        out.writeInt16(items.size());
        for (int i = 0; i < items.size(); i++) {
            out.writeInt32(items.get(i));
        }
    }
}
