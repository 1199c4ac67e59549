package org.pgreel.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.KnownTypes;
import org.pgreel.type.TypeRegistry;

/**
 * One row of a result: a view of the bytes in which it arrived. Immutable.
 *
 * <p>Rows share the array of the read that brought them, so a single row that is kept may keep 64 KiB alive; what is
 * needed for long is copied out as text or by {@link Bytes#compact()}.
 */
public final class Row {

    private final Values values;
    private final RowDescription description;
    private final @Nullable KnownTypes types;

    /**
     * Creates the row; it knows the built-in types.
     *
     * @param values one value a column
     * @param description the columns
     */
    public Row(Values values, RowDescription description) {
        this(values, description, null);
    }

    /**
     * Creates the row.
     *
     * @param values one value a column
     * @param description the columns
     * @param types the types that it knows, also those that become known later; null for the built-in ones. They are not
     *     looked at before they are needed
     */
    public Row(Values values, RowDescription description, @Nullable KnownTypes types) {
        if (values.count() != description.columns().size()) {
            throw new IllegalArgumentException(values.count() + " values do not fit "
                    + description.columns().size() + " columns");
        }
        this.values = values;
        this.description = description;
        this.types = types;
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
     * Returns a value as an object of the class, whichever format it came in.
     *
     * @param index the column's index, from 0
     * @param javaType the class; {@code docs/types.md} lists those of each type, and a String may be had of any
     * @return the value; null if it is NULL
     * @throws DataErrorException if the bytes are no value of the column's type, or the class cannot hold this value
     * @throws IllegalArgumentException if the column's type has no codec for the class
     */
    public <T> @Nullable T get(int index, Class<T> javaType) {
        return RowValues.get(this, index, types().codec(column(index).typeOid(), javaType));
    }

    /**
     * Returns a value as an object of the class, whichever format it came in.
     *
     * @param column the column's name; the first if several bear it
     * @param javaType the class
     * @return the value; null if it is NULL
     * @throws DataErrorException if the bytes are no value of the column's type, or the class cannot hold this value
     * @throws IllegalArgumentException if there is no such column, or its type has no codec for the class
     */
    public <T> @Nullable T get(String column, Class<T> javaType) {
        return get(indexOf(column), javaType);
    }

    /**
     * Returns the elements of an array of one dimension.
     *
     * @param index the column's index, from 0
     * @param elementType the class of the elements
     * @return the elements, null where they are NULL, in an unmodifiable list; null if the array is NULL
     * @throws DataErrorException if the bytes are no value of the column's type, or it has more dimensions
     * @throws IllegalArgumentException if the column is no array, or has no codec for the class
     */
    public <T> @Nullable List<@Nullable T> list(int index, Class<T> elementType) {
        return RowValues.list(this, index, elementType);
    }

    /**
     * Returns a value of the type int4, int2 or int8 without an object for it; of other types as {@link #get} does.
     *
     * @param index the column's index, from 0
     * @throws DataErrorException if it is NULL, or does not fit into an int
     */
    public int getInt(int index) {
        return RowValues.getInt(this, index);
    }

    /** As {@link #getInt(int)}, by the column's name; the first if several bear it. */
    public int getInt(String column) {
        return getInt(indexOf(column));
    }

    /**
     * Returns a value of the type int8, int4 or int2 without an object for it; of other types as {@link #get} does.
     *
     * @param index the column's index, from 0
     * @throws DataErrorException if it is NULL
     */
    public long getLong(int index) {
        return RowValues.getLong(this, index);
    }

    /** As {@link #getLong(int)}, by the column's name; the first if several bear it. */
    public long getLong(String column) {
        return getLong(indexOf(column));
    }

    /**
     * Returns a value of the type bool without an object for it.
     *
     * @param index the column's index, from 0
     * @throws DataErrorException if it is NULL
     */
    public boolean getBoolean(int index) {
        return RowValues.getBoolean(this, index);
    }

    /** As {@link #getBoolean(int)}, by the column's name; the first if several bear it. */
    public boolean getBoolean(String column) {
        return getBoolean(indexOf(column));
    }

    /**
     * Returns a value of the type float8 or float4 without an object for it.
     *
     * @param index the column's index, from 0
     * @throws DataErrorException if it is NULL
     */
    public double getDouble(int index) {
        return RowValues.getDouble(this, index);
    }

    /** As {@link #getDouble(int)}, by the column's name; the first if several bear it. */
    public double getDouble(String column) {
        return getDouble(indexOf(column));
    }

    /** Returns the same row, which knows the types given. */
    public Row with(TypeRegistry registry) {
        return new Row(values, description, registry);
    }

    /** Returns the types that the row knows now: those of its session, unless others were given. */
    public TypeRegistry types() {
        return types == null ? TypeRegistry.builtIn() : types.now();
    }

    FieldDescription column(int index) {
        return description.columns().get(index);
    }

    Values values() {
        return values;
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
