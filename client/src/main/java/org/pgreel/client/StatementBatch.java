package org.pgreel.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * One statement, to be executed once for each of many rows of parameters; see {@link BatchExecution#execute}.
 *
 * <p>Values are encoded as they are added, one behind the other, so a row costs its bytes and no objects:
 *
 * <pre>{@code
 * StatementBatch batch = StatementBatch.of("INSERT INTO part (id, name) VALUES ($1, $2)");
 * for (Part part : parts) {
 *     batch.add(part.id()).add(part.name()).endRow();
 * }
 * }</pre>
 *
 * <p>All rows have the same count of values, and those of one parameter the same type: what the first that is not NULL has.
 * Not thread-safe. Once it was executed it takes no more rows; it may be executed again, or
 * {@link #clear() cleared} for others, which then need no new room.
 */
public final class StatementBatch {

    private static final int PARAMETERS_MAX = 65_535;
    private static final int NULL_LENGTH = -1;
    private static final int UNKNOWN = -1;
    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int FLOAT8 = 701;
    private static final int INFERRED = 0;

    private final String sql;
    private final MessageWriter values = new MessageWriter();
    private int[] rowEnds = new int[64];
    private int rows;
    private int[] types = new int[8];
    private boolean[] binary = new boolean[8];
    private int columns;
    private int column;
    private boolean executed;
    private final AtomicInteger underWay = new AtomicInteger();

    private StatementBatch(String sql) {
        this.sql = sql;
    }

    /**
     * Begins a batch without rows.
     *
     * @param sql one statement, with {@code $1}, {@code $2} … where the parameters go
     * @throws IllegalArgumentException if it holds a NUL
     */
    public static StatementBatch of(String sql) {
        return new StatementBatch(ParameterizedQuery.of(sql, List.of()).sql());
    }

    /** Adds the row's next value, an int4. */
    public StatementBatch add(int value) {
        next(INT4, true);
        values.writeInt32(Integer.BYTES).writeInt32(value);
        return this;
    }

    /** Adds the row's next value, an int8. */
    public StatementBatch add(long value) {
        next(INT8, true);
        values.writeInt32(Long.BYTES).writeInt32((int) (value >> 32)).writeInt32((int) value);
        return this;
    }

    /** Adds the row's next value, a float8. */
    public StatementBatch add(double value) {
        next(FLOAT8, true);
        long bits = Double.doubleToLongBits(value);
        values.writeInt32(Double.BYTES).writeInt32((int) (bits >> 32)).writeInt32((int) bits);
        return this;
    }

    /** Adds the row's next value, a bool. */
    public StatementBatch add(boolean value) {
        next(BOOL, true);
        values.writeInt32(1).writeByte(value ? 1 : 0);
        return this;
    }

    /** Adds the row's next value as text, of the type that the server infers; null for NULL. */
    public StatementBatch add(@Nullable String value) {
        if (value == null) {
            return addNull();
        }
        next(INFERRED, false);
        values.writeSizedText(value);
        return this;
    }

    /** Adds the row's next value as it is; see {@link Parameter#of(Object)}. */
    public StatementBatch add(Parameter value) {
        Bytes bytes = value.value();
        if (bytes == null) {
            return addNull();
        }
        next(value.typeOid(), value.binary());
        values.writeInt32(bytes.length()).writeBytes(bytes);
        return this;
    }

    /** Adds NULL as the row's next value. */
    public StatementBatch addNull() {
        next(UNKNOWN, false);
        values.writeInt32(NULL_LENGTH);
        return this;
    }

    private void next(int type, boolean isBinary) {
        requireNotExecuted();
        if (rows == 0) {
            addColumn();
        } else if (column == columns) {
            throw new IllegalArgumentException(
                    "row " + rows + " has more values than the " + columns + " of the first");
        }
        if (types[column] == UNKNOWN) {
            types[column] = type;
            binary[column] = isBinary;
        } else if (type != UNKNOWN && (types[column] != type || binary[column] != isBinary)) {
            throw new IllegalArgumentException("the value of $" + (column + 1) + " in row " + rows
                    + " is of another type or format than those before it");
        }
        column++;
    }

    private void addColumn() {
        if (columns == PARAMETERS_MAX) {
            throw new IllegalArgumentException("a row has at most " + PARAMETERS_MAX + " values");
        }
        if (columns == types.length) {
            types = Arrays.copyOf(types, columns * 2);
            binary = Arrays.copyOf(binary, columns * 2);
        }
        types[columns] = UNKNOWN;
        columns++;
    }

    /**
     * Ends the row.
     *
     * @throws IllegalArgumentException if it has fewer values than the first
     */
    public StatementBatch endRow() {
        requireNotExecuted();
        if (column < columns) {
            throw new IllegalArgumentException(
                    "row " + rows + " has " + column + " values, and the first has " + columns);
        }
        if (rows == rowEnds.length) {
            rowEnds = Arrays.copyOf(rowEnds, rows * 2);
        }
        rowEnds[rows++] = values.length();
        column = 0;
        return this;
    }

    private void requireNotExecuted() {
        if (executed) {
            throw new IllegalStateException("the batch was executed and takes no more rows");
        }
    }

    /** Returns the statement. */
    public String sql() {
        return sql;
    }

    /** Returns how many rows it has. */
    public int rows() {
        return rows;
    }

    /**
     * Forgets all rows, so that others can be added.
     *
     * @return this batch
     * @throws IllegalStateException if it is being executed
     */
    public StatementBatch clear() {
        if (underWay.get() > 0) {
            throw new IllegalStateException("the batch is being executed");
        }
        values.reset();
        rows = 0;
        columns = 0;
        column = 0;
        executed = false;
        return this;
    }

    /**
     * Its execution begins: nothing may change until {@link #executed}. Called by sessions.
     *
     * @throws IllegalStateException if a row was begun and not ended
     */
    public void begins() {
        if (column > 0) {
            throw new IllegalStateException("row " + rows + " was begun and not ended: call endRow()");
        }
        executed = true;
        underWay.incrementAndGet();
    }

    /** Its execution is over. Called by sessions, on any thread. */
    public void executed() {
        underWay.decrementAndGet();
    }

    /** Returns the format of each parameter; see {@link FormatCode}. Empty if all are text. */
    public List<Integer> formats() {
        List<Integer> formats = new ArrayList<>(columns);
        boolean any = false;
        for (int i = 0; i < columns; i++) {
            formats.add(binary[i] ? FormatCode.BINARY : FormatCode.TEXT);
            any |= binary[i];
        }
        return any ? List.copyOf(formats) : List.of();
    }

    /** Returns how many values a row has. */
    public int columns() {
        return columns;
    }

    /**
     * Writes the values of a row, each behind its length, as a Bind holds them.
     *
     * @param row its index, from 0
     */
    public void write(int row, MessageWriter out) {
        out.writeBytes(values.array(), from(row), rowEnds[row]);
    }

    private int from(int row) {
        return Objects.checkIndex(row, rows) == 0 ? 0 : rowEnds[row - 1];
    }

    /**
     * Returns the values of a row; their types are those of the batch.
     *
     * @param row its index, from 0
     */
    public List<Parameter> parameters(int row) {
        List<Parameter> parameters = new ArrayList<>(columns);
        byte[] array = values.array();
        int at = from(row);
        for (int i = 0; i < columns; i++) {
            int length = (array[at] & 0xFF) << 24
                    | (array[at + 1] & 0xFF) << 16
                    | (array[at + 2] & 0xFF) << 8
                    | (array[at + 3] & 0xFF);
            at += Integer.BYTES;
            Bytes value = length == NULL_LENGTH ? null : Bytes.copyOf(array, at, at + length);
            parameters.add(new Parameter(Math.max(types[i], INFERRED), binary[i], value));
            at += Math.max(length, 0);
        }
        return parameters;
    }

    /** Never shows the values, which may be confidential. */
    @Override
    public String toString() {
        return "batch of " + rows + " rows";
    }
}
