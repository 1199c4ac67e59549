package org.pgreel.client;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.TypeRegistry;

/**
 * The row at hand of a {@link RowReceiver}: a view of the bytes in which it arrived.
 *
 * <p>It is one object for all rows of an operation, so that a row costs no allocation. Valid during the call that gave it:
 * afterwards it shows another row, or none. What it returned stays valid: texts, {@link Bytes} and {@link #toRow} may be kept;
 * {@code Bytes} keep alive the read that brought them, up to 64 KiB, unless {@link Bytes#compact compacted}. Not thread-safe.
 */
public interface RowView {

    /** Returns the columns. */
    RowDescription description();

    /** Returns the count of columns. */
    int count();

    /**
     * Tells whether a value is NULL.
     *
     * @param index the column's index, from 0
     */
    boolean isNull(int index);

    /**
     * Returns a value's length.
     *
     * @param index the column's index, from 0
     * @return the length in bytes; -1 for NULL
     */
    int length(int index);

    /**
     * Returns where in {@link #array} a value begins; for decoders that want no object.
     *
     * @param index the column's index, from 0
     */
    int offset(int index);

    /** Returns the array that the values lie in; it may not be changed. */
    byte[] array();

    /**
     * Returns a value as text.
     *
     * @param index the column's index, from 0
     * @return the value; null if it is NULL
     * @throws IllegalStateException if the column came in binary format
     */
    @Nullable
    String text(int index);

    /**
     * Returns a value as it came.
     *
     * @param index the column's index, from 0
     * @return a view of the value; null if it is NULL
     */
    @Nullable
    Bytes bytes(int index);

    /**
     * Returns a value as an object of the class, as {@link Row#get(int, Class)} does.
     *
     * @param index the column's index, from 0
     * @param javaType the class
     * @return the value; null if it is NULL
     * @throws DataErrorException if the bytes are no value of the column's type, or the class cannot hold this value
     * @throws IllegalArgumentException if the column's type has no codec for the class
     */
    default <T> @Nullable T get(int index, Class<T> javaType) {
        return RowValues.get(this, index, javaType);
    }

    /**
     * Returns a value of the type int4, int2 or int8 without an object for it.
     *
     * @param index the column's index, from 0
     * @throws DataErrorException if it is NULL, or does not fit into an int
     */
    default int getInt(int index) {
        return RowValues.getInt(this, index);
    }

    /**
     * Returns a value of the type int8, int4 or int2 without an object for it.
     *
     * @param index the column's index, from 0
     * @throws DataErrorException if it is NULL
     */
    default long getLong(int index) {
        return RowValues.getLong(this, index);
    }

    /** Returns the types that the row knows now: those of its session. */
    default TypeRegistry types() {
        return TypeRegistry.builtIn();
    }

    /** Returns the row as an object of its own, which may be kept. */
    Row toRow();
}
