package org.pgreel.client;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;

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

    /** Returns the row as an object of its own, which may be kept. */
    Row toRow();
}
