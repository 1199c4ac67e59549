package org.pgreel.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * int2vector and oidvector: arrays of one dimension that begin at 0 and know no NULL; in text blanks stand between the
 * elements.
 */
record VectorCodec<T>(int elementOid, Codec<T> element) implements Codec<PgArray<T>> {

    @Override
    @SuppressWarnings("unchecked")
    public Class<PgArray<T>> javaType() {
        return (Class<PgArray<T>>) (Class<?>) PgArray.class;
    }

    @Override
    public PgArray<T> readBinary(ValueReader in) {
        in.require(in.readInt32() == 1, "not one dimension");
        in.require(in.readInt32() == 0, "NULLs, which it cannot hold");
        in.require(in.readInt32() == elementOid, "the elements are of another type");
        int count = in.readInt32();
        in.require(in.readInt32() == 0, "it does not begin at 0");
        in.requireRoomFor(count, Integer.BYTES);
        List<@Nullable T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(in.read(in.readInt32(), element));
        }
        return array(elements);
    }

    @Override
    public void writeBinary(PgArray<T> value, ValueWriter out) {
        out.writeInt32(1)
                .writeInt32(0)
                .writeInt32(elementOid)
                .writeInt32(value.count())
                .writeInt32(0);
        for (T each : value.elements()) {
            out.write(required(each), element);
        }
    }

    @Override
    public PgArray<T> parse(String text) {
        List<@Nullable T> elements = new ArrayList<>();
        if (!text.isEmpty()) {
            Arrays.stream(text.split(" ", -1)).map(element::parse).forEach(elements::add);
        }
        return array(elements);
    }

    @Override
    public String print(PgArray<T> value) {
        return value.elements().stream()
                .map(each -> element.print(required(each)))
                .collect(Collectors.joining(" "));
    }

    private PgArray<T> array(List<@Nullable T> elements) {
        return elements.isEmpty()
                ? PgArray.of()
                : new PgArray<>(Collections.unmodifiableList(elements), new int[] {elements.size()}, new int[] {0});
    }

    private static <T> T required(@Nullable T element) {
        if (element == null) {
            throw new IllegalArgumentException("NULL cannot be in a vector of the catalogue");
        }
        return element;
    }
}
