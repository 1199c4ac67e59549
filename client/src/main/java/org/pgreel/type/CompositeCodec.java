package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A composite type: the count of fields, then of each its type, length and value. */
record CompositeCodec(PgType type, List<Codec<Object>> fields) implements Codec<PgComposite> {
    private static final int NULL_LENGTH = -1;
    /** Type and length. */
    private static final int LEAST_BYTES = 8;

    @Override
    public Class<PgComposite> javaType() {
        return PgComposite.class;
    }

    @Override
    public Formats formats() {
        return fields.stream().allMatch(field -> field.formats().hasBinary())
                ? fields.stream().allMatch(field -> field.formats().hasText()) ? Formats.BOTH : Formats.BINARY
                : Formats.TEXT;
    }

    @Override
    public PgComposite readBinary(ValueReader in) {
        int count = in.readCount(LEAST_BYTES);
        in.require(count == fields.size(), count + " fields instead of " + fields.size() + ": has the type changed?");
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.require(
                    in.readInt32() == type.fields().get(i).typeOid(), "a field of another type: has the type changed?");
            int length = in.readInt32();
            values.add(length == NULL_LENGTH ? null : in.read(length, fields.get(i)));
        }
        return value(values);
    }

    @Override
    public void writeBinary(PgComposite value, ValueWriter out) {
        requireFields(value);
        out.writeInt32(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            out.writeInt32(type.fields().get(i).typeOid());
            Object field = value.values().get(i);
            if (field == null) {
                out.writeNull();
            } else {
                out.write(field, fields.get(i));
            }
        }
    }

    @Override
    public PgComposite parse(String text) {
        List<@Nullable String> texts = CompositeText.parse(text);
        if (fields.isEmpty() && texts.size() == 1 && texts.get(0) == null) {
            return value(List.of());
        } else if (texts.size() != fields.size()) {
            throw new MalformedValueException(
                    texts.size() + " fields instead of " + fields.size() + ": has the type changed?");
        }
        List<@Nullable Object> values = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            String field = texts.get(i);
            values.add(field == null ? null : fields.get(i).parse(field));
        }
        return value(values);
    }

    @Override
    public String print(PgComposite value) {
        requireFields(value);
        List<@Nullable String> texts = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            Object field = value.values().get(i);
            texts.add(field == null ? null : fields.get(i).print(field));
        }
        return CompositeText.print(texts);
    }

    private PgComposite value(List<@Nullable Object> values) {
        return new PgComposite(
                type.oid(), type.fields().stream().map(PgType.Field::name).toList(), values);
    }

    private void requireFields(PgComposite value) {
        if (value.values().size() != fields.size()) {
            throw new IllegalArgumentException(type.displayName() + " has " + fields.size() + " fields, and not "
                    + value.values().size());
        }
    }
}
