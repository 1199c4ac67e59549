package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.cell.BuiltInType;
import org.pgreel.replay.cell.TextCell;

/** The rows of recorded answers as text, in whichever format they came, and which row of one answer is which of another. */
final class AnswerRows {
    private static final int UUID_BYTES = 16;
    private static final String BINARY = "binary ";

    /** More rows are laid beside each other in their order only. */
    private static final int LIKENED_MAX = 1000;

    private AnswerRows() {}

    /** Returns the rows that are in memory, each value as text; a binary one of an unknown type is told by its digits. */
    static List<DataRow> of(RecordedExchange exchange) {
        var rows = new ArrayList<DataRow>();
        for (BackendMessage item : exchange.items) {
            if (item instanceof DataRow row) {
                var cells = new ArrayList<@Nullable Bytes>();
                for (int i = 0; i < row.values().count(); i++) {
                    Bytes cell = row.values().value(i);
                    cells.add(cell == null || Formats.of(exchange.formats, i) == 0 ? cell : text(exchange, i, cell));
                }
                rows.add(new DataRow(Values.of(cells)));
            }
        }
        return rows;
    }

    private static Bytes text(RecordedExchange exchange, int column, Bytes cell) {
        List<FieldDescription> columns = exchange.columns == null ? List.of() : exchange.columns.columns();
        int type = column < columns.size()
                ? columns.get(column).typeOid()
                : cell.length() == UUID_BYTES ? BuiltInType.UUID : 0;
        Bytes text = TextCell.exactly(type, cell);
        return text != null ? text : Bytes.utf8(BINARY + cell.hex());
    }

    /**
     * Lays as many rows beside each other.
     *
     * @return for each of the others, the index of the one that is likest to it and is nobody else's
     */
    static List<Integer> likest(List<DataRow> ones, List<DataRow> others) {
        List<Integer> inOrder = IntStream.range(0, others.size()).boxed().toList();
        if (ones.equals(others) || others.size() > LIKENED_MAX) {
            return inOrder;
        }
        var left = new ArrayList<>(inOrder);
        var chosen = new ArrayList<@Nullable Integer>();
        // Equal rows first, so that none of them is taken by one that is only like it.
        for (DataRow other : others) {
            Integer equal = left.stream()
                    .filter(one -> ones.get(one).equals(other))
                    .findFirst()
                    .orElse(null);
            left.remove(equal);
            chosen.add(equal);
        }
        var all = new ArrayList<Integer>();
        for (int i = 0; i < others.size(); i++) {
            Integer equal = chosen.get(i);
            all.add(equal != null ? equal : likest(left, ones, others.get(i)));
        }
        return all;
    }

    private static Integer likest(List<Integer> left, List<DataRow> ones, DataRow other) {
        Integer likest = left.stream()
                .min(Comparator.comparingInt(
                        one -> differing(ones.get(one), other).size()))
                .orElseThrow();
        left.remove(likest);
        return likest;
    }

    /** Returns in which columns, from 0, two rows differ. */
    static List<Integer> differing(DataRow one, DataRow other) {
        return IntStream.range(0, Math.max(one.values().count(), other.values().count()))
                .filter(i -> i >= one.values().count()
                        || i >= other.values().count()
                        || !Objects.equals(one.values().value(i), other.values().value(i)))
                .boxed()
                .toList();
    }
}
