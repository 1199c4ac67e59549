package org.pgreel.benchmarks.canned;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * The bytes of all answers, made at the first wish for each combination of formats. The formats of the columns are a mask:
 * bit n is set if column n is asked for in binary.
 */
final class CannedAnswers {

    /** Every column in binary. */
    static final int BINARY = -1;

    private static final int POINT_COLUMNS = 3;
    private static final FieldDescription[] COLUMNS = {
        column("id", 23, 4),
        column("amount", 20, 8),
        column("name", 25, -1),
        column("ratio", 701, 8),
        column("moment", 1184, 8)
    };

    private final int keys;
    private final int rows;
    private final Map<Integer, ByteBuf[]> points = new HashMap<>();
    private final Map<Integer, ByteBuf> scans = new HashMap<>();
    private final ByteBuf copied;

    CannedAnswers(int keys, int rows) {
        if (rows % keys != 0) {
            throw new IllegalArgumentException(rows + " rows are not a multiple of " + keys);
        }
        this.keys = keys;
        this.rows = rows;
        MessageWriter lines = new MessageWriter();
        for (int id = 1; id <= keys; id++) {
            new CopyData(Bytes.utf8(Items.copyLine(id))).encode(lines);
        }
        this.copied = buffer(lines);
    }

    private static FieldDescription column(String name, int type, int size) {
        return new FieldDescription(name, 16_385, 0, type, size, -1, 0);
    }

    int keys() {
        return keys;
    }

    int rows() {
        return rows;
    }

    /** The row of a key and its CommandComplete. */
    ByteBuf point(int key, int formats) {
        return points.computeIfAbsent(formats, this::points)[key - 1];
    }

    /** As many rows as there are keys. */
    ByteBuf scan(int formats) {
        return scans.computeIfAbsent(formats, this::scanned);
    }

    /** As many lines, each in its CopyData, as there are keys. */
    ByteBuf copied() {
        return copied;
    }

    /** The description of what a statement gives. */
    static BackendMessage described(boolean scan, int formats) {
        List<FieldDescription> columns = new ArrayList<>();
        for (int i = 0; i < (scan ? COLUMNS.length : POINT_COLUMNS); i++) {
            FieldDescription column = COLUMNS[i];
            columns.add(new FieldDescription(
                    column.name(),
                    column.tableOid(),
                    column.columnNumber(),
                    column.typeOid(),
                    column.typeLength(),
                    column.typeModifier(),
                    formats >> i & 1));
        }
        return new RowDescription(columns);
    }

    private ByteBuf[] points(int formats) {
        ByteBuf[] all = new ByteBuf[keys];
        for (int id = 1; id <= keys; id++) {
            MessageWriter row = new MessageWriter();
            row(id, POINT_COLUMNS, formats).encode(row);
            new CommandComplete("SELECT 1").encode(row);
            all[id - 1] = buffer(row);
        }
        return all;
    }

    private ByteBuf scanned(int formats) {
        MessageWriter all = new MessageWriter();
        for (int id = 1; id <= keys; id++) {
            row(id, COLUMNS.length, formats).encode(all);
        }
        return buffer(all);
    }

    private static DataRow row(int id, int columns, int formats) {
        List<Bytes> values = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            values.add(value(id, i, (formats >> i & 1) == 1));
        }
        return new DataRow(Values.of(values));
    }

    private static Bytes value(int id, int column, boolean binary) {
        return switch (column) {
            case 0 -> binary ? binary(id, Integer.BYTES) : text(Integer.toString(id));
            case 1 -> binary ? binary(Items.amount(id), Long.BYTES) : text(Long.toString(Items.amount(id)));
            case 2 -> text(Items.name(id));
            case 3 ->
                binary ? binary(Double.doubleToRawLongBits(Items.ratio(id)), Long.BYTES) : text(Items.ratioText(id));
            default -> binary ? binary(Items.moment(id), Long.BYTES) : text(Items.momentText(id));
        };
    }

    private static Bytes text(String value) {
        return Bytes.wrap(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes binary(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >> 8 * (length - 1 - i));
        }
        return Bytes.wrap(bytes);
    }

    private static ByteBuf buffer(MessageWriter written) {
        ByteBuf buffer = Unpooled.directBuffer(written.length(), written.length());
        buffer.writeBytes(written.array(), 0, written.length());
        return Unpooled.unreleasableBuffer(buffer.asReadOnly());
    }
}
