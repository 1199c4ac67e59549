package org.pgreel.client;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * What a function gave that was called without SQL. Immutable.
 *
 * @param binary whether the value is in the binary format of the function's result type; otherwise it is text
 * @param value the value as it travels; null is SQL's NULL
 */
public record FunctionResult(boolean binary, @Nullable Bytes value) {

    /** Tells whether the function gave NULL. */
    public boolean isNull() {
        return value == null;
    }

    /** Never shows the value, which may be confidential. */
    @Override
    public String toString() {
        return value == null ? "NULL" : (binary ? "binary" : "text") + " of " + value.length() + " bytes";
    }
}
