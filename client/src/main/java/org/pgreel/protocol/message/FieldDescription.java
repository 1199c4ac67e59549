package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * A column of a {@link RowDescription}.
 *
 * @param name as the query gives it
 * @param tableOid of the table it comes from; 0 when from none
 * @param columnNumber its attribute number in that table, signed (system columns are negative); 0 when from none
 * @param typeOid of its type
 * @param typeLength bytes of the type, negative when variable
 * @param typeModifier what the type makes of it, such as the 20 of varchar(20); −1 for none
 * @param format see {@link FormatCode}
 */
public record FieldDescription(
        String name, int tableOid, int columnNumber, int typeOid, int typeLength, int typeModifier, int format) {
    /** The bytes of a column without its name: NUL, 4 + 2 + 4 + 2 + 4 + 2. */
    static final int LEAST_BYTES = 19;

    /** Refuses NUL and what does not fit into an Int16. */
    public FieldDescription {
        WireText.requireNoNul(name, "column's name");
        Counts.requireSignedInt16(columnNumber, "column number");
        Counts.requireSignedInt16(typeLength, "type length");
        Counts.requireInt16(format, "format");
    }

    /** A column from no table, in text format, of a type of that length. */
    public static FieldDescription of(String name, int typeOid, int typeLength) {
        return new FieldDescription(name, 0, 0, typeOid, typeLength, -1, FormatCode.TEXT);
    }

    static FieldDescription decode(MessageReader body) {
        return new FieldDescription(
                body.readString(),
                body.readInt32(),
                body.readSignedInt16(),
                body.readInt32(),
                body.readSignedInt16(),
                body.readInt32(),
                body.readInt16());
    }

    void encode(MessageWriter out) {
        out.writeString(name)
                .writeInt32(tableOid)
                .writeInt16(columnNumber)
                .writeInt32(typeOid)
                .writeInt16(typeLength)
                .writeInt32(typeModifier)
                .writeInt16(format);
    }
}
