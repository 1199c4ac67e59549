package org.pgreel.client;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.EncodedValue;
import org.pgreel.type.TypeRegistry;

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

    /**
     * Returns a value of the type that belongs to its class, in binary where the type has that: an Integer is an int4, an
     * Instant a timestamptz, a list an array of what is in it ({@code docs/types.md} lists them all). The server infers
     * the type of a String, an enum and an empty list.
     *
     * @param value the value; null is SQL's NULL
     * @throws IllegalArgumentException if no type belongs to its class, or the type cannot hold it
     */
    public static Parameter of(@Nullable Object value) {
        return of(value, TypeRegistry.builtIn());
    }

    /**
     * Returns a value of the type that belongs to its class.
     *
     * @param value the value; null is SQL's NULL
     * @param types the types that are known
     * @throws IllegalArgumentException if no type belongs to its class, or the type cannot hold it
     */
    public static Parameter of(@Nullable Object value, TypeRegistry types) {
        return value == null ? NULL : of(types.encode(value));
    }

    /**
     * Returns a value of a type.
     *
     * @param value the value; null is SQL's NULL
     * @param typeOid the object id of the type
     * @param types the types that are known
     * @throws IllegalArgumentException if the type has no codec for the value's class, or cannot hold it
     */
    public static Parameter of(@Nullable Object value, int typeOid, TypeRegistry types) {
        return value == null ? new Parameter(typeOid, false, null) : of(types.encode(value, typeOid));
    }

    private static Parameter of(EncodedValue encoded) {
        return new Parameter(encoded.typeOid(), encoded.binary(), encoded.bytes());
    }

    /** Never shows the value, which may be confidential. */
    @Override
    public String toString() {
        return value == null ? "NULL" : (binary ? "binary" : "text") + " of " + value.length() + " bytes";
    }
}
