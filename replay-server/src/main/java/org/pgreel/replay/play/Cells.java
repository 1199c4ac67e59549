package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.cell.BinaryCell;

/** Writes a row's cells, which a script spells as text, in the formats that the client asked for. */
final class Cells {
    private Cells() {}

    /**
     * Returns the row with the cells that were asked for in binary written so; text of types that are sent alike in both
     * formats stays as it is.
     *
     * @param columns null when the script gives none: the row stays as it is
     */
    static DataRow inFormats(DataRow row, @Nullable RowDescription columns, Portal portal) {
        if (columns == null || portal.resultFormats.stream().allMatch(format -> format == 0)) {
            return row;
        }
        List<@Nullable Bytes> cells = new ArrayList<>();
        for (int i = 0; i < row.values().count(); i++) {
            Bytes cell = row.values().value(i);
            boolean binary = i < columns.columns().size()
                    && portal.resultFormat(i) == 1
                    && columns.columns().get(i).format() == 0;
            cells.add(
                    cell == null || !binary
                            ? cell
                            : BinaryCell.of(columns.columns().get(i).typeOid(), cell));
        }
        return new DataRow(Values.of(cells));
    }
}
