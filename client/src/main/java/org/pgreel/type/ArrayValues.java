package org.pgreel.type;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Java's arrays and lists as arrays of PostgreSQL, and back. */
final class ArrayValues {
    private ArrayValues() {}

    /**
     * Returns the elements of an array or collection, whose elements may be arrays or collections of equal length again.
     *
     * @throws IllegalArgumentException if they are not
     */
    @SuppressWarnings("unchecked")
    static PgArray<Object> of(Object value) {
        if (value instanceof PgArray) {
            return (PgArray<Object>) value;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        collect(value, 0, elements, lengths);
        if (elements.isEmpty()) {
            return PgArray.of();
        }
        int[] found = lengths.stream().mapToInt(Integer::intValue).toArray();
        int[] lowerBounds = new int[found.length];
        java.util.Arrays.fill(lowerBounds, 1);
        return new PgArray<>(Collections.unmodifiableList(elements), found, lowerBounds);
    }

    private static void collect(Object part, int depth, List<@Nullable Object> elements, List<Integer> lengths) {
        boolean list = part instanceof Collection;
        Object[] parts = list ? ((Collection<?>) part).toArray() : new Object[0];
        int length = list ? parts.length : Array.getLength(part);
        if (depth == lengths.size() && depth < PgArray.DIMENSIONS_MAX && elements.isEmpty()) {
            lengths.add(length);
        } else if (depth >= lengths.size() || lengths.get(depth) != length) {
            throw uneven();
        }
        for (int i = 0; i < length; i++) {
            Object each = list ? parts[i] : Array.get(part, i);
            if (each != null && !(each instanceof PgArray) && ParameterTypes.isArray(each)) {
                collect(each, depth + 1, elements, lengths);
            } else if (lengths.size() > depth + 1) {
                throw uneven();
            } else {
                elements.add(each);
            }
        }
    }

    private static IllegalArgumentException uneven() {
        return new IllegalArgumentException(
                "the parts of an array have to be of equal length and depth, in at most 6 dimensions");
    }

    /** Returns the elements as a list. */
    static List<@Nullable Object> toList(PgArray<?> value) {
        if (value.dimensions() > 1) {
            throw new MalformedValueException(
                    value.dimensions() + " dimensions, which a List has not: ask for a PgArray");
        }
        List<@Nullable Object> list = new ArrayList<>(value.elements());
        return Collections.unmodifiableList(list);
    }

    /** Returns the class of the innermost elements; {@code byte[]} is one value. */
    static Class<?> leaf(Class<?> arrayType) {
        Class<?> leaf = arrayType;
        while (leaf.isArray() && leaf != byte[].class) {
            leaf = leaf.getComponentType();
        }
        return leaf;
    }

    /** Returns the elements in an array of that class. */
    static Object toArray(PgArray<?> value, Class<?> arrayType) {
        int depth = 0;
        for (Class<?> type = arrayType; type.isArray() && type != byte[].class; type = type.getComponentType()) {
            depth++;
        }
        if (value.dimensions() != 0 && value.dimensions() != depth) {
            throw new MalformedValueException(value.dimensions() + " dimensions, which " + arrayType.getSimpleName()
                    + " has not: ask for a PgArray");
        }
        return toArray(value, arrayType.getComponentType(), 0, new int[1]);
    }

    private static Object toArray(PgArray<?> value, Class<?> componentType, int dimension, int[] next) {
        int length = value.dimensions() == 0 ? 0 : value.length(dimension);
        Object array = Array.newInstance(componentType, length);
        for (int i = 0; i < length; i++) {
            boolean inner = dimension + 1 < value.dimensions();
            Object each = inner
                    ? toArray(value, componentType.getComponentType(), dimension + 1, next)
                    : value.elements().get(next[0]++);
            if (each == null && componentType.isPrimitive()) {
                throw new MalformedValueException("a NULL, which " + componentType + " cannot hold");
            }
            Array.set(array, i, each);
        }
        return array;
    }
}
