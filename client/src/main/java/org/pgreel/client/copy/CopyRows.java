package org.pgreel.client.copy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CopyReceiver;
import org.pgreel.client.Inflow;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.Codec;
import org.pgreel.type.TypeRegistry;

/**
 * Finds the rows in the data of a {@code COPY … TO STDOUT}, wherever the data is cut, and gives them to a receiver.
 *
 * <p>What is not in the format, a row of another count of cells than the server announced, and a row above the limit are a
 * {@link MalformedCopyException}, by which the COPY fails. It holds no more than the row at hand. For one COPY; confined to the
 * thread that feeds it.
 */
public abstract sealed class CopyRows implements CopyReceiver permits TextRows, CsvRows, BinaryRows {

    /** The limit of a row unless another is given: 16 MiB, as that of a message. */
    public static final int ROW_BYTES_MAX = 16 << 20;

    private static final int UNKNOWN = -1;

    private final CopyRowReceiver receiver;
    private final int format;
    private List<@Nullable Bytes> cells = new ArrayList<>();
    private int columns = UNKNOWN;
    private long row = 1;

    CopyRows(CopyRowReceiver receiver, int format) {
        this.receiver = Objects.requireNonNull(receiver, "receiver");
        this.format = format;
    }

    /**
     * Returns a reader of text format with its usual delimiter and NULL: tab and {@code \N}.
     *
     * @param receiver takes the rows; cells without their escapes
     */
    public static CopyRows text(CopyRowReceiver receiver) {
        return text(receiver, ROW_BYTES_MAX);
    }

    /**
     * Returns the same with another limit.
     *
     * @param rowBytesMax the longest row, in bytes as it travels
     */
    public static CopyRows text(CopyRowReceiver receiver, int rowBytesMax) {
        return new TextRows(receiver, rowBytesMax);
    }

    /**
     * Returns a reader of CSV.
     *
     * @param receiver takes the rows; cells without quotes
     * @param format what the COPY statement says
     */
    public static CopyRows csv(CopyRowReceiver receiver, CsvFormat format) {
        return csv(receiver, format, ROW_BYTES_MAX);
    }

    /**
     * Returns the same with another limit.
     *
     * @param rowBytesMax the longest row, in bytes as it travels
     */
    public static CopyRows csv(CopyRowReceiver receiver, CsvFormat format, int rowBytesMax) {
        return new CsvRows(receiver, format, rowBytesMax);
    }

    /**
     * Returns a reader of binary format.
     *
     * @param receiver takes the rows; each cell in its type's binary format
     */
    public static CopyRows binary(CopyRowReceiver receiver) {
        return binary(receiver, ROW_BYTES_MAX);
    }

    /**
     * Returns the same with another limit.
     *
     * @param rowBytesMax the longest row, in bytes as it travels
     */
    public static CopyRows binary(CopyRowReceiver receiver, int rowBytesMax) {
        return new BinaryRows(receiver, rowBytesMax);
    }

    /**
     * Returns a reader of binary format that gives Java objects: of each column's type its standard class
     * ({@code docs/types.md}).
     *
     * @param types knows the columns' types
     * @param typeOids the type of each column
     * @param receiver takes the rows; null is SQL's NULL
     */
    public static CopyRows values(
            TypeRegistry types, List<Integer> typeOids, Consumer<List<@Nullable Object>> receiver) {
        List<Codec<?>> codecs = new ArrayList<>();
        typeOids.forEach(oid -> codecs.add(types.codec(oid)));
        return binary(cells -> {
            if (cells.size() != codecs.size()) {
                throw new IllegalStateException(cells.size() + " cells for " + codecs.size() + " types");
            }
            List<@Nullable Object> values = new ArrayList<>(cells.size());
            for (int i = 0; i < cells.size(); i++) {
                values.add(value(codecs.get(i), cells.get(i)));
            }
            receiver.accept(Collections.unmodifiableList(values));
        });
    }

    private static @Nullable Object value(Codec<?> codec, @Nullable Bytes cell) {
        if (cell == null) {
            return null;
        }
        byte[] bytes = cell.toArray();
        return TypeRegistry.decode(codec, true, bytes, 0, bytes.length);
    }

    @Override
    public final void begins(CopyOutResponse announced, Inflow inflow) {
        if (announced.format() != format) {
            throw new MalformedCopyException(
                    1,
                    "the server sends " + (format == 0 ? "binary" : "text")
                            + " format, which the statement must not ask for here");
        }
        columns = announced.columnFormats().size();
    }

    /** Returns the number of the row at hand, from 1. */
    final long row() {
        return row;
    }

    final void cell(byte @Nullable [] value) {
        cells.add(value == null ? null : Bytes.wrap(value));
    }

    final boolean hasCells() {
        return !cells.isEmpty();
    }

    /** The row is whole. */
    final void rowEnds() {
        List<@Nullable Bytes> whole = cells;
        cells = new ArrayList<>(whole.size());
        if (columns != UNKNOWN && whole.size() != columns) {
            throw malformed(whole.size() + " cells for " + columns + " columns");
        }
        receiver.row(Collections.unmodifiableList(whole));
        row++;
    }

    final MalformedCopyException malformed(String reason) {
        return new MalformedCopyException(row, reason);
    }
}
