package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type record, which names its fields' types in binary only: in text each field is a String. The server takes none as
 * a parameter.
 */
record RecordCodec(TypeRegistry registry, int typeOid) implements Codec<PgComposite> {
    private static final int NULL_LENGTH = -1;
    /** Type and length. */
    private static final int LEAST_BYTES = 8;

    @Override
    public Class<PgComposite> javaType() {
        return PgComposite.class;
    }

    @Override
    public PgComposite readBinary(ValueReader in) {
        int count = in.readCount(LEAST_BYTES);
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int fieldOid = in.readInt32();
            int length = in.readInt32();
            values.add(length == NULL_LENGTH ? null : in.read(length, registry.codec(fieldOid)));
        }
        return new PgComposite(typeOid, List.of(), values);
    }

    @Override
    public void writeBinary(PgComposite value, ValueWriter out) {
        throw refused();
    }

    @Override
    public PgComposite parse(String text) {
        List<@Nullable Object> values = new ArrayList<>(CompositeText.parse(text));
        return new PgComposite(typeOid, List.of(), values);
    }

    @Override
    public String print(PgComposite value) {
        throw refused();
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("no server takes a record without a type: name a composite type");
    }

    /** The registry is no part of what the codec is. */
    @Override
    public String toString() {
        return "record";
    }
}
