package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;

/**
 * A multirange of PostgreSQL: ranges that the server keeps in order, apart from each other and not empty. Immutable as far
 * as the bounds are.
 *
 * @param <T> the class of the bounds
 * @param ranges the ranges
 */
public record PgMultirange<T>(List<PgRange<T>> ranges) {

    /** Keeps its own copy. */
    public PgMultirange {
        ranges = List.copyOf(ranges);
    }

    /** Returns the multirange of the ranges given. */
    @SafeVarargs
    public static <T> PgMultirange<T> of(PgRange<T>... ranges) {
        List<PgRange<T>> list = new ArrayList<>(ranges.length);
        for (PgRange<T> range : ranges) {
            list.add(range);
        }
        return new PgMultirange<>(list);
    }
}
