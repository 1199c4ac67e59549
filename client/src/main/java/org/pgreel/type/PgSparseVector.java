package org.pgreel.type;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A value of pgvector's type sparsevec: a vector most of whose numbers are 0. Immutable.
 *
 * @param dimensions the count of all numbers
 * @param elements those that are not 0, by their index, 1 being the first as in the text
 */
public record PgSparseVector(int dimensions, SortedMap<Integer, Float> elements) {

    /** Keeps its own copy, without the numbers that are 0. */
    public PgSparseVector {
        SortedMap<Integer, Float> copy = new TreeMap<>(elements);
        copy.values().removeIf(element -> element == 0);
        elements = Collections.unmodifiableSortedMap(copy);
        if (!elements.isEmpty() && (elements.firstKey() < 1 || elements.lastKey() > dimensions)) {
            throw new IllegalArgumentException("an index beyond the " + dimensions + " dimensions");
        }
    }

    /** Returns the vector of the numbers by their index, 1 being the first. */
    public static PgSparseVector of(int dimensions, Map<Integer, Float> elements) {
        return new PgSparseVector(dimensions, new TreeMap<>(elements));
    }

    /** Returns the vector as pgvector reads it. */
    @Override
    public String toString() {
        return elements.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}/" + dimensions));
    }
}
