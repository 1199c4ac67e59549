package org.pgreel.type;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The types of pgvector. vector and halfvec: the count of numbers and 16 unused bits, then the numbers; sparsevec: the count
 * of all, that of those which are there, 32 unused bits, their indexes from 0, the numbers.
 */
final class VectorCodecs {
    static final Codec<PgVector> VECTOR = Codec.of(
            PgVector.class,
            in -> read(in, Float.BYTES),
            (value, out) -> write(value, Float.BYTES, out),
            VectorCodecs::parse,
            PgVector::toString);

    static final Codec<PgVector> HALFVEC = Codec.of(
            PgVector.class,
            in -> read(in, Short.BYTES),
            (value, out) -> write(value, Short.BYTES, out),
            VectorCodecs::parse,
            PgVector::toString);

    static final Codec<PgSparseVector> SPARSEVEC = Codec.of(
            PgSparseVector.class,
            VectorCodecs::readSparse,
            VectorCodecs::writeSparse,
            VectorCodecs::parseSparse,
            PgSparseVector::toString);

    private VectorCodecs() {}

    private static PgVector read(ValueReader in, int bytesEach) {
        int count = in.readUnsignedInt16();
        in.readInt16();
        in.requireRoomFor(count, bytesEach);
        float[] elements = new float[count];
        for (int i = 0; i < count; i++) {
            elements[i] = bytesEach == Float.BYTES ? in.readFloat4() : HalfFloat.toFloat(in.readInt16());
        }
        return PgVector.of(elements);
    }

    private static void write(PgVector value, int bytesEach, ValueWriter out) {
        if (value.dimensions() > Short.MAX_VALUE) {
            throw new IllegalArgumentException(value.dimensions() + " dimensions are more than a vector has");
        }
        out.writeInt16(value.dimensions()).writeInt16(0);
        for (float element : value.toArray()) {
            if (bytesEach == Float.BYTES) {
                out.writeFloat4(element);
            } else {
                out.writeInt16(HalfFloat.of(element));
            }
        }
    }

    /** {@code [1,2.5,-3]}. */
    private static PgVector parse(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(0) != '[' || text.charAt(last) != ']') {
            throw new MalformedValueException("no brackets around the numbers");
        }
        String[] parts = text.substring(1, last).split(",", -1);
        float[] elements = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            elements[i] = Float.parseFloat(Float8Codec.checked(parts[i]));
        }
        return PgVector.of(elements);
    }

    private static PgSparseVector readSparse(ValueReader in) {
        int dimensions = in.readInt32();
        int count = in.readInt32();
        in.require(in.readInt32() == 0, "unknown flags");
        in.requireRoomFor(count, Integer.BYTES + Float.BYTES);
        int[] indexes = new int[count];
        Arrays.setAll(indexes, i -> in.readInt32());
        var elements = new TreeMap<Integer, Float>();
        for (int index : indexes) {
            in.require(index >= 0 && index < dimensions, "an index beyond the dimensions");
            elements.put(index + 1, in.readFloat4());
        }
        return new PgSparseVector(dimensions, elements);
    }

    private static void writeSparse(PgSparseVector value, ValueWriter out) {
        out.writeInt32(value.dimensions()).writeInt32(value.elements().size()).writeInt32(0);
        value.elements().keySet().forEach(index -> out.writeInt32(index - 1));
        value.elements().values().forEach(out::writeFloat4);
    }

    /** <code>{1:1.5,3:2}/5</code>. */
    private static PgSparseVector parseSparse(String text) {
        int brace = text.indexOf("}/");
        if (brace < 0 || text.charAt(0) != '{') {
            throw new MalformedValueException("no braces around the numbers");
        }
        int dimensions = Int4Codec.INSTANCE.parse(text.substring(brace + 2));
        Map<Integer, Float> elements = new TreeMap<>();
        if (brace > 1) {
            for (String part : text.substring(1, brace).split(",", -1)) {
                int colon = part.indexOf(':');
                int index = Int4Codec.INSTANCE.parse(part.substring(0, Math.max(colon, 0)));
                if (index < 1 || index > dimensions) {
                    throw new MalformedValueException("an index beyond the dimensions");
                }
                elements.put(index, Float.parseFloat(Float8Codec.checked(part.substring(colon + 1))));
            }
        }
        return PgSparseVector.of(dimensions, elements);
    }
}
