package org.pgreel.type;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A range of PostgreSQL. The server brings those of whole numbers and days into the form {@code [lower,upper)}. Immutable
 * as far as its bounds are.
 *
 * @param <T> the class of the bounds
 * @param lower the lower bound; null if there is none
 * @param upper the upper bound; null if there is none
 * @param lowerInclusive whether the lower bound belongs to the range
 * @param upperInclusive whether the upper bound belongs to the range
 * @param isEmpty whether nothing belongs to the range; then there are no bounds
 */
public record PgRange<T>(
        @Nullable T lower, @Nullable T upper, boolean lowerInclusive, boolean upperInclusive, boolean isEmpty) {

    /** Refuses bounds that are there and not there. */
    public PgRange {
        if (isEmpty && (lower != null || upper != null)
                || lower == null && lowerInclusive
                || upper == null && upperInclusive) {
            throw new IllegalArgumentException("a bound that is not there belongs to no range");
        }
    }

    /** Returns the range in which nothing is. */
    public static <T> PgRange<T> empty() {
        return new PgRange<>(null, null, false, false, true);
    }

    /** Returns {@code [lower,upper)}; a bound that is null is not there. */
    public static <T> PgRange<T> of(@Nullable T lower, @Nullable T upper) {
        return new PgRange<>(lower, upper, lower != null, false, false);
    }

    /** Returns {@code [lower,upper]}; a bound that is null is not there. */
    public static <T> PgRange<T> closed(@Nullable T lower, @Nullable T upper) {
        return new PgRange<>(lower, upper, lower != null, upper != null, false);
    }

    /** Returns the range whose bounds the function made. */
    public <U> PgRange<U> map(Function<? super T, ? extends U> function) {
        return new PgRange<>(
                lower == null ? null : function.apply(lower),
                upper == null ? null : function.apply(upper),
                lowerInclusive,
                upperInclusive,
                isEmpty);
    }
}
