package org.pgreel.replay.cell;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * The binary form of an array: its dimensions, whether it holds NULL, its element's type, and each element with its
 * length, as {@code array_send} writes them.
 */
final class BinaryArray {
    /** OID of the array type to that of its element. */
    private static final Map<Integer, Integer> ELEMENTS = Map.ofEntries(
            Map.entry(1000, BuiltInType.BOOL),
            Map.entry(1001, BuiltInType.BYTEA),
            Map.entry(1005, BuiltInType.INT2),
            Map.entry(1007, BuiltInType.INT4),
            Map.entry(1016, BuiltInType.INT8),
            Map.entry(1028, BuiltInType.OID),
            Map.entry(1021, BuiltInType.FLOAT4),
            Map.entry(1022, BuiltInType.FLOAT8),
            Map.entry(1182, BuiltInType.DATE),
            Map.entry(1183, BuiltInType.TIME),
            Map.entry(1115, BuiltInType.TIMESTAMP),
            Map.entry(1185, BuiltInType.TIMESTAMPTZ),
            Map.entry(1187, BuiltInType.INTERVAL),
            Map.entry(1231, BuiltInType.NUMERIC),
            Map.entry(2951, BuiltInType.UUID),
            Map.entry(3807, BuiltInType.JSONB),
            Map.entry(1003, 19),
            Map.entry(1009, 25),
            Map.entry(199, 114),
            Map.entry(1014, 1042),
            Map.entry(1015, 1043));

    private final String text;
    private final List<Integer> sizes = new ArrayList<>();
    private final List<@Nullable String> elements = new ArrayList<>();
    private int at;

    private BinaryArray(String text) {
        this.text = text;
    }

    /** Returns the type of the array's elements; 0 if it is no array that is known. */
    static int elementOf(int type) {
        return ELEMENTS.getOrDefault(type, 0);
    }

    /**
     * Returns the array in binary.
     *
     * @param element the type of its elements
     * @param text as a server writes it: <code>{1,NULL,"two words"}</code>, lower bounds all 1
     * @throws NumberFormatException if it is none
     */
    static Bytes of(int element, String text) {
        var array = new BinaryArray(text);
        array.read(0);
        if (array.at != text.length()) {
            throw array.wrong();
        }
        return array.written(element);
    }

    private void read(int depth) {
        take('{');
        int count = 0;
        while (peek() != '}') {
            if (count > 0) {
                take(',');
            }
            if (peek() == '{') {
                read(depth + 1);
            } else {
                elements.add(peek() == '"' ? quoted() : bare());
            }
            count++;
        }
        at++;
        while (sizes.size() <= depth) {
            sizes.add(-1);
        }
        if (sizes.get(depth) >= 0 && sizes.get(depth) != count) {
            throw wrong();
        }
        sizes.set(depth, count);
    }

    private String quoted() {
        var value = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            value.append(peek());
            at++;
        }
        at++;
        return value.toString();
    }

    private @Nullable String bare() {
        int from = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        String value = text.substring(from, at);
        return value.equalsIgnoreCase("NULL") ? null : value;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw wrong();
        }
        at++;
    }

    private NumberFormatException wrong() {
        return new NumberFormatException("no array");
    }

    private Bytes written(int element) {
        List<@Nullable Bytes> cells = new ArrayList<>();
        int bytes = 0;
        for (String value : elements) {
            Bytes cell = value == null ? null : BinaryCell.of(element, Bytes.utf8(value));
            cells.add(cell);
            bytes += 4 + (cell == null ? 0 : cell.length());
        }
        int dimensions = elements.isEmpty() ? 0 : sizes.size();
        ByteBuffer buffer = ByteBuffer.allocate(12 + 8 * dimensions + bytes)
                .putInt(dimensions)
                .putInt(elements.contains(null) ? 1 : 0)
                .putInt(element);
        for (int i = 0; i < dimensions; i++) {
            buffer.putInt(sizes.get(i)).putInt(1);
        }
        for (Bytes cell : cells) {
            buffer.putInt(cell == null ? -1 : cell.length());
            if (cell != null) {
                buffer.put(cell.toArray());
            }
        }
        return BinaryCell.written(buffer);
    }
}
