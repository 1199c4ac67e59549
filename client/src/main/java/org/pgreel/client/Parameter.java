package org.pgreel.client;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * The value of one parameter of a statement, as it travels.
 *
 * @param typeOid the object id of its type; 0 lets the server infer it
 * @param binary whether the value is in the type's binary format; otherwise it is text
 * @param value the value; null is SQL's NULL
 */
public record Parameter(
        int typeOid, boolean binary, @Nullable Bytes value) {

    private static final Parameter NULL = new Parameter(0, false, null);

    /** Returns SQL's NULL, of the type that the server infers. */
    public static Parameter ofNull() {
        return NULL;
    }

    /**
     * Returns a value in text format, of the type that the server infers.
     *
     * @param value the value; null is SQL's NULL
     */
    public static Parameter text(@Nullable String value) {
        return value == null ? NULL : new Parameter(0, false, Bytes.utf8(value));
    }

    /**
     * Returns a value in binary format.
     *
     * @param typeOid the object id of its type
     * @param value the value in that type's binary format
     */
    public static Parameter binary(int typeOid, Bytes value) {
        return new Parameter(typeOid, true, value);
    }

    /** Never shows the value, which may be confidential. */
    @Override
    public String toString() {
        return value == null ? "NULL" : (binary ? "binary" : "text") + " of " + value.length() + " bytes";
    }
}
