package org.pgreel.client.copy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

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
        out.add(HEADER);
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
