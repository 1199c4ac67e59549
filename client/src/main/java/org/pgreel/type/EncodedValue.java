package org.pgreel.type;

import org.pgreel.protocol.wire.Bytes;

/**
 * A parameter's value as it travels.
 *
 * @param typeOid its type; 0 lets the server infer it
 * @param binary whether it is in binary format; otherwise in text
 * @param bytes the value
 */
public record EncodedValue(int typeOid, boolean binary, Bytes bytes) {

    /** Encodes by the codec: in binary if it has that. */
    static <T> EncodedValue of(int typeOid, Codec<T> codec, T value) {
        if (codec.formats().hasBinary()) {
            var out = new ValueWriter();
            codec.writeBinary(value, out);
            return new EncodedValue(typeOid, true, out.toBytes());
        }
        return text(typeOid, codec.print(value));
    }

    static EncodedValue text(int typeOid, String text) {
        return new EncodedValue(typeOid, false, Bytes.utf8(text));
    }

    /** Never shows the value, which may be confidential. */
    @Override
    public String toString() {
        return (binary ? "binary" : "text") + " of " + bytes.length() + " bytes";
    }
}
