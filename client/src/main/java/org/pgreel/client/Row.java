package org.pgreel.client;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/**
 * One row of a result: a view of the bytes in which it arrived. Immutable.
 *
 * <p>Rows share the array of the read that brought them, so a single row that is kept may keep 64 KiB alive; what is
 * needed for long is copied out as text or by {@link Bytes#compact()}.
 */
public final class Row {

    private final Values values;
    private final RowDescription description;

    /**
     * Creates the row.
     *
     * @param values one value a column
     * @param description the columns
     */
    public Row(Values values, RowDescription description) {
        if (values.count() != description.columns().size()) {
            throw new IllegalArgumentException(values.count() + " values do not fit "
                    + description.columns().size() + " columns");
        }
        this.values = values;
        this.description = description;
    }

    /** Returns the count of columns. */
    public int count() {
        return values.count();
    }

    /** Returns the columns. */
    public RowDescription description() {
        return description;
    }

    /**
     * Tells whether a value is NULL.
     *
     * @param index the column's index, from 0
     */
    public boolean isNull(int index) {
        return values.isNull(index);
    }

    /**
     * Returns a value as text.
     *
     * @param index the column's index, from 0
     * @return the value; null if it is NULL
     * @throws IllegalStateException if the column came in binary format
     */
    public @Nullable String text(int index) {
        FieldDescription column = description.columns().get(index);
        if (column.format() != FormatCode.TEXT) {
            throw new IllegalStateException("column " + column.name() + " came in binary format: read its bytes");
        }
        return values.text(index);
    }

    /**
     * Returns a value as text.
     *
     * @param column the column's name; the first if several bear it
     * @return the value; null if it is NULL
     * @throws IllegalArgumentException if there is no such column
     * @throws IllegalStateException if the column came in binary format
     */
    public @Nullable String text(String column) {
        return text(indexOf(column));
    }

    /**
     * Returns a value as it came.
     *
     * @param index the column's index, from 0
     * @return a view of the value; null if it is NULL
     */
    public @Nullable Bytes bytes(int index) {
        return values.value(index);
    }

    /**
     * Returns a column's index.
     *
     * @param column its name; the first if several bear it
     * @throws IllegalArgumentException if there is no such column
     */
    public int indexOf(String column) {
        for (int i = 0; i < description.columns().size(); i++) {
            if (description.columns().get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the result has no column " + column);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that && values.equals(that.values) && description.equals(that.description);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Never shows the values, which may be confidential. */
    @Override
    public String toString() {
        return "row of " + count() + " columns";
    }
}
