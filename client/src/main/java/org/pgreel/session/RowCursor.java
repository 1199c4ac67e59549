package org.pgreel.session;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Row;
import org.pgreel.client.RowView;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;
import org.pgreel.type.KnownTypes;
import org.pgreel.type.TypeRegistry;

/**
 * The row at hand: where its values lie in the buffer that brought it. One object for all rows of an operation.
 *
 * <pre>
 *   | count (Int16) | length (Int32), -1 for NULL | value … | length | value … |
 * </pre>
 */
final class RowCursor implements RowView {

    private static final byte[] NOWHERE = new byte[0];
    private static final byte TYPE = 'D';
    private static final int NULL_LENGTH = -1;

    private @Nullable RowDescription description;
    private KnownTypes types = TypeRegistry.builtIn();
    private byte[] buffer = NOWHERE;
    private int from;
    private int to;
    private int[] offsets = new int[8];
    private int[] lengths = new int[8];
    private int count;

    /** The rows know these types. */
    void know(KnownTypes known) {
        types = known;
    }

    void describe(RowDescription columns) {
        description = columns;
    }

    void undescribe() {
        description = null;
        buffer = NOWHERE;
        count = 0;
    }

    /** Moves to the row in that body; one that is malformed, undescribed or of another width ends the session. */
    void move(byte[] body, int bodyFrom, int bodyTo) {
        RowDescription columns = description;
        if (!located(body, bodyFrom, bodyTo)) {
            // The decoder says what is wrong, in the words of all other messages.
            BackendMessageDecoder.decode(TYPE, body, bodyFrom, bodyTo);
            throw SessionEnd.violation("a DataRow that cannot be read");
        }
        if (columns == null) {
            throw SessionEnd.violation("DataRow before any RowDescription");
        }
        if (count != columns.columns().size()) {
            throw SessionEnd.violation(
                    "a DataRow of " + count + " values for " + columns.columns().size() + " columns");
        }
        buffer = body;
        from = bodyFrom;
        to = bodyTo;
    }

    private boolean located(byte[] body, int bodyFrom, int bodyTo) {
        if (bodyTo - bodyFrom < Short.BYTES) {
            return false;
        }
        int values = (body[bodyFrom] & 0xFF) << 8 | body[bodyFrom + 1] & 0xFF;
        int at = bodyFrom + Short.BYTES;
        if (values > (bodyTo - at) / Integer.BYTES) {
            return false;
        }
        if (values > offsets.length) {
            offsets = Arrays.copyOf(offsets, values);
            lengths = Arrays.copyOf(lengths, values);
        }
        for (int i = 0; i < values; i++) {
            if (bodyTo - at < Integer.BYTES) {
                return false;
            }
            int length =
                    body[at] << 24 | (body[at + 1] & 0xFF) << 16 | (body[at + 2] & 0xFF) << 8 | (body[at + 3] & 0xFF);
            at += Integer.BYTES;
            if (length < NULL_LENGTH || length > bodyTo - at) {
                return false;
            }
            offsets[i] = at;
            lengths[i] = length;
            at += Math.max(length, 0);
        }
        count = values;
        return at == bodyTo;
    }

    @Override
    public RowDescription description() {
        if (description == null) {
            throw new IllegalStateException("the row is valid only while the receiver is called with it");
        }
        return description;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean isNull(int index) {
        return length(index) == NULL_LENGTH;
    }

    @Override
    public int length(int index) {
        return lengths[Objects.checkIndex(index, count)];
    }

    @Override
    public int offset(int index) {
        return offsets[Objects.checkIndex(index, count)];
    }

    @Override
    public byte[] array() {
        return buffer;
    }

    @Override
    public @Nullable String text(int index) {
        int length = length(index);
        FieldDescription column = description().columns().get(index);
        if (column.format() != FormatCode.TEXT) {
            throw new IllegalStateException("column " + column.name() + " came in binary format: read its bytes");
        }
        return length == NULL_LENGTH ? null : WireText.decode(buffer, offsets[index], offsets[index] + length);
    }

    @Override
    public @Nullable Bytes bytes(int index) {
        int length = length(index);
        return length == NULL_LENGTH ? null : Bytes.wrap(buffer, offsets[index], offsets[index] + length);
    }

    @Override
    public TypeRegistry types() {
        return types.now();
    }

    @Override
    public Row toRow() {
        RowDescription columns = description();
        return new Row(((DataRow) BackendMessageDecoder.decode(TYPE, buffer, from, to)).values(), columns, types);
    }

    /** Never shows the values, which may be confidential. */
    @Override
    public String toString() {
        return "row of " + count + " columns";
    }
}
