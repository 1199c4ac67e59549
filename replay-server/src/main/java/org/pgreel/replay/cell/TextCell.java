package org.pgreel.replay.cell;

import java.time.DateTimeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** Writes a value that is in its type's binary form as text. */
public final class TextCell {

    private static final Set<Integer> ALWAYS = Set.of(
            BuiltInType.BOOL,
            BuiltInType.INT2,
            BuiltInType.INT4,
            BuiltInType.INT8,
            BuiltInType.OID,
            BuiltInType.FLOAT4,
            BuiltInType.FLOAT8,
            BuiltInType.DATE,
            BuiltInType.TIME,
            BuiltInType.TIMESTAMP,
            BuiltInType.UUID,
            BuiltInType.NUMERIC,
            BuiltInType.BYTEA);

    private TextCell() {}

    /**
     * Returns the text that a server with default settings would write, or null if that is not certain.
     *
     * @param type the type's OID
     * @param cell the value in binary
     */
    public static @Nullable Bytes exactly(int type, Bytes cell) {
        if (BinaryCell.ALIKE.contains(type)) {
            return cell;
        }
        if (type == BuiltInType.JSONB) {
            return cell.length() > 0 && cell.byteAt(0) == 1 ? cell.slice(1, cell.length()) : null;
        }
        if (!ALWAYS.contains(type)) {
            return null;
        }
        try {
            Bytes text = Bytes.utf8(BinaryParameter.text(cell, type, 1));
            // What was not of the type's length came back as it was, and what Java spells otherwise does not fit.
            Bytes back = BinaryCell.exactly(type, text);
            return back != null && back.equals(cell) && plain(type, text) ? text : null;
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    /** Java and PostgreSQL agree on numbers without an exponent only. */
    private static boolean plain(int type, Bytes text) {
        boolean floating = type == BuiltInType.FLOAT4 || type == BuiltInType.FLOAT8;
        return !floating || text.text().indexOf('E') < 0;
    }
}
