package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.cell.BinaryCell;
import org.pgreel.replay.cell.TextCell;

/** Brings recorded rows into the formats that the client asks for. */
final class Formats {

    private Formats() {}

    /** Returns the format of an item by a list as Bind has it: none is text, one is for all. */
    static int of(List<Integer> formats, int index) {
        if (formats.isEmpty()) {
            return 0;
        }
        return formats.size() == 1 ? formats.get(0) : index < formats.size() ? formats.get(index) : 0;
    }

    /** Returns the description with the formats that were asked for. */
    static RowDescription described(RowDescription columns, List<Integer> formats) {
        boolean same = true;
        for (int i = 0; i < columns.columns().size(); i++) {
            same &= columns.columns().get(i).format() == of(formats, i);
        }
        if (same) {
            return columns;
        }
        List<FieldDescription> described = new ArrayList<>();
        for (int i = 0; i < columns.columns().size(); i++) {
            FieldDescription column = columns.columns().get(i);
            described.add(new FieldDescription(
                    column.name(),
                    column.tableOid(),
                    column.columnNumber(),
                    column.typeOid(),
                    column.typeLength(),
                    column.typeModifier(),
                    of(formats, i)));
        }
        return new RowDescription(described);
    }

    /**
     * Returns the row in the formats that are asked for.
     *
     * @param columns its description; null if no recording holds one
     * @param recorded in which formats it was recorded
     * @param asked in which it is asked for
     * @throws NotRecordedException if a value cannot be written so
     */
    static DataRow row(DataRow row, @Nullable RowDescription columns, List<Integer> recorded, List<Integer> asked) {
        boolean same = true;
        for (int i = 0; i < row.values().count(); i++) {
            same &= of(recorded, i) == of(asked, i);
        }
        if (same) {
            return row;
        }
        List<@Nullable Bytes> cells = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < row.values().count(); i++) {
            Bytes cell = row.values().value(i);
            int from = of(recorded, i);
            int to = of(asked, i);
            if (cell == null || from == to) {
                cells.add(cell);
            } else {
                changed = true;
                cells.add(converted(cell, columns, i, to));
            }
        }
        return changed ? new DataRow(Values.of(cells)) : row;
    }

    private static Bytes converted(Bytes cell, @Nullable RowDescription columns, int index, int to) {
        String format = to == 1 ? "binary" : "text";
        if (columns == null || index >= columns.columns().size()) {
            throw new NotRecordedException("column " + (index + 1) + " is asked for in " + format
                    + ", was recorded in the other format, and no recording holds its type");
        }
        FieldDescription column = columns.columns().get(index);
        Bytes converted =
                to == 1 ? BinaryCell.exactly(column.typeOid(), cell) : TextCell.exactly(column.typeOid(), cell);
        if (converted == null) {
            throw new NotRecordedException("column \"" + column.name() + "\" is asked for in " + format
                    + " and was recorded in the other format; this value of the type with OID " + column.typeOid()
                    + " cannot be written in it");
        }
        return converted;
    }
}
