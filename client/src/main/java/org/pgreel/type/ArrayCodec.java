package org.pgreel.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of a type.
 *
 * <pre>
 *  0            4            8             12
 *  | dimensions | has NULLs  | element OID | length, lower bound of each dimension … | length, value of each element …
 * </pre>
 */
record ArrayCodec<T>(int elementOid, Codec<T> element, char delimiter) implements Codec<PgArray<T>> {
    private static final int NULL_LENGTH = -1;

    @Override
    @SuppressWarnings("unchecked")
    public Class<PgArray<T>> javaType() {
        return (Class<PgArray<T>>) (Class<?>) PgArray.class;
    }

    @Override
    public Formats formats() {
        return element.formats();
    }

    @Override
    public PgArray<T> readBinary(ValueReader in) {
        int dimensions = in.readInt32();
        in.require(dimensions >= 0 && dimensions <= PgArray.DIMENSIONS_MAX, "more than 6 dimensions");
        int hasNulls = in.readInt32();
        in.require(hasNulls == 0 || hasNulls == 1, "unknown flags");
        in.require(in.readInt32() == elementOid, "the elements are of another type");
        int[] lengths = new int[dimensions];
        int[] lowerBounds = new int[dimensions];
        long count = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = in.readInt32();
            lowerBounds[i] = in.readInt32();
            in.require(lengths[i] > 0, "a dimension without elements");
            in.require(lowerBounds[i] <= Integer.MAX_VALUE - lengths[i], "an index beyond 32 bits");
            count = Math.min(count * lengths[i], Integer.MAX_VALUE);
        }
        in.requireRoomFor((int) count, Integer.BYTES);
        List<@Nullable T> elements = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            int length = in.readInt32();
            elements.add(length == NULL_LENGTH ? null : in.read(length, element));
        }
        return new PgArray<>(Collections.unmodifiableList(elements), lengths, lowerBounds);
    }

    @Override
    public void writeBinary(PgArray<T> value, ValueWriter out) {
        out.writeInt32(value.dimensions());
        out.writeInt32(value.elements().stream().anyMatch(Objects::isNull) ? 1 : 0)
                .writeInt32(elementOid);
        for (int i = 0; i < value.dimensions(); i++) {
            out.writeInt32(value.length(i)).writeInt32(value.lowerBound(i));
        }
        for (T each : value.elements()) {
            if (each == null) {
                out.writeNull();
            } else {
                out.write(each, element);
            }
        }
    }

    @Override
    public PgArray<T> parse(String text) {
        return new ArrayText(text, delimiter).parse().map(element::parse);
    }

    @Override
    public String print(PgArray<T> value) {
        return ArrayText.print(value.map(element::print), delimiter);
    }
}
