package org.pgreel.client.copy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.EncodedValue;
import org.pgreel.type.TypeRegistry;

/**
 * Puts rows into the binary format of {@code COPY … FROM STDIN WITH (FORMAT binary)}: {@link #row} as often as one likes,
 * {@link #take} for what there is to send, {@link #end} for the last of it.
 *
 * <p>Each cell is a value in the binary format of its column's type exactly; the server converts nothing. For one COPY;
 * confined to one thread.
 */
public final class BinaryCopyWriter {

    private static final int COLUMNS_MAX = 1600;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private final int columns;
    private final TypeRegistry types;
    private final List<Integer> typeOids;
    private final GrowingBytes out = new GrowingBytes();
    private boolean ended;

    /**
     * Creates the writer; its data begins with the header.
     *
     * @param columns how many cells each row has
     */
    public BinaryCopyWriter(int columns) {
        if (columns < 0 || columns > COLUMNS_MAX) {
            throw new IllegalArgumentException(columns + " columns: a table has 0 to " + COLUMNS_MAX);
        }
        this.columns = columns;
        this.types = TypeRegistry.builtIn();
        this.typeOids = List.of();
        out.add(HEADER);
    }

    /**
     * Creates a writer of rows of Java objects; its data begins with the header.
     *
     * @param types knows the columns' types
     * @param typeOids the type of each column
     */
    public BinaryCopyWriter(TypeRegistry types, List<Integer> typeOids) {
        this.columns = typeOids.size();
        this.types = types;
        this.typeOids = List.copyOf(typeOids);
        out.add(HEADER);
    }

    /**
     * Adds a row of Java objects, each encoded as its column's type.
     *
     * @param values one a column; null is SQL's NULL
     * @throws IllegalStateException if the writer was created without types
     * @throws IllegalArgumentException if there are more or fewer than columns, or a type cannot hold its value, or has no
     *     binary format
     */
    public BinaryCopyWriter values(List<? extends @Nullable Object> values) {
        if (typeOids.size() != columns) {
            throw new IllegalStateException("the writer was created without the columns' types");
        }
        if (values.size() != columns) {
            throw new IllegalArgumentException(values.size() + " values for " + columns + " columns");
        }
        List<@Nullable Bytes> cells = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            Object value = values.get(i);
            cells.add(value == null ? null : encoded(value, typeOids.get(i)));
        }
        return row(cells);
    }

    private Bytes encoded(Object value, int typeOid) {
        EncodedValue encoded = types.encode(value, typeOid);
        if (!encoded.binary()) {
            throw new IllegalArgumentException(
                    types.nameOf(typeOid) + " is written as text only: use COPY in text format");
        }
        return encoded.bytes();
    }

    /**
     * Adds a row.
     *
     * @param cells one a column; null is SQL's NULL
     * @throws IllegalArgumentException if there are more or fewer than columns
     */
    public BinaryCopyWriter row(List<? extends @Nullable Bytes> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns + " columns");
        }
        if (ended) {
            throw new IllegalStateException("the data has its trailer already");
        }
        out.int16(columns);
        for (Bytes cell : cells) {
            if (cell == null) {
                out.int32(-1);
            } else {
                out.int32(cell.length());
                out.add(cell);
            }
        }
        return this;
    }

    /** Returns how many bytes {@link #take} would give. */
    public int length() {
        return out.length();
    }

    /** Returns what was written since the last call. */
    public Bytes take() {
        return out.take();
    }

    /** Returns the rest, with the trailer; no row may follow. */
    public Bytes end() {
        if (!ended) {
            ended = true;
            out.int16(-1);
        }
        return out.take();
    }
}
