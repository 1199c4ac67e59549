package org.pgreel.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An array of PostgreSQL: up to six dimensions, each with its own lower bound, and elements that may be NULL. Immutable as
 * far as its elements are; equal by dimensions, bounds and elements.
 *
 * @param <T> the class of the elements
 */
public final class PgArray<T> {
    /** The server's limit (MAXDIM). */
    public static final int DIMENSIONS_MAX = 6;

    private final List<@Nullable T> elements;
    private final int[] lengths;
    private final int[] lowerBounds;

    /** Keeps what it is given. */
    PgArray(List<@Nullable T> elements, int[] lengths, int[] lowerBounds) {
        this.elements = elements;
        this.lengths = lengths;
        this.lowerBounds = lowerBounds;
    }

    /** Returns an array of one dimension, of none if there are no elements, with the lower bound 1. */
    @SafeVarargs
    public static <T> PgArray<T> of(@Nullable T... elements) {
        List<@Nullable T> list = new ArrayList<>(elements.length);
        for (T element : elements) {
            list.add(element);
        }
        return of(list);
    }

    /** Returns an array of one dimension, of none if there are no elements, with the lower bound 1. */
    public static <T> PgArray<T> of(List<? extends @Nullable T> elements) {
        return elements.isEmpty()
                ? new PgArray<>(List.of(), new int[0], new int[0])
                : of(elements, new int[] {elements.size()}, new int[] {1});
    }

    /**
     * Returns an array of several dimensions.
     *
     * @param elements the elements, those of the last dimension next to each other
     * @param lengths the count of elements in each dimension
     * @param lowerBounds the index of the first element in each dimension
     * @throws IllegalArgumentException if the counts do not fit
     */
    public static <T> PgArray<T> of(List<? extends @Nullable T> elements, int[] lengths, int[] lowerBounds) {
        long product = lengths.length == 0 ? 0 : 1;
        for (int i = 0; i < lengths.length; i++) {
            boolean fits = i < lowerBounds.length && lengths[i] > 0 && lowerBounds[i] <= Integer.MAX_VALUE - lengths[i];
            product = fits ? Math.min(product * lengths[i], Integer.MAX_VALUE) : -1;
        }
        if (product != elements.size() || lowerBounds.length != lengths.length || lengths.length > DIMENSIONS_MAX) {
            throw new IllegalArgumentException(elements.size() + " elements are no array of the dimensions "
                    + Arrays.toString(lengths) + " from " + Arrays.toString(lowerBounds));
        }
        List<@Nullable T> copy = Collections.unmodifiableList(Arrays.asList(copied(elements)));
        return new PgArray<>(copy, lengths.clone(), lowerBounds.clone());
    }

    /** A list of an array keeps NULLs. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable T[] copied(List<? extends @Nullable T> elements) {
        return (@Nullable T[]) elements.toArray();
    }

    /** Returns the number of dimensions; 0 for an empty array. */
    public int dimensions() {
        return lengths.length;
    }

    /** Returns the count of elements in a dimension, 0 being the first dimension. */
    public int length(int dimension) {
        return lengths[dimension];
    }

    /** Returns the index of the first element in a dimension, 0 being the first dimension. */
    public int lowerBound(int dimension) {
        return lowerBounds[dimension];
    }

    /** Returns the count of all elements. */
    public int count() {
        return elements.size();
    }

    /** Returns all elements, those of the last dimension next to each other; unmodifiable. */
    public List<@Nullable T> elements() {
        return elements;
    }

    /**
     * Returns an element, null if it is NULL, by SQL's subscripts, which begin at the lower bounds.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public @Nullable T get(int... subscripts) {
        if (subscripts.length != lengths.length || lengths.length == 0) {
            throw new IndexOutOfBoundsException(
                    subscripts.length + " subscripts of an array of " + lengths.length + " dimensions");
        }
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            long index = (long) subscripts[i] - lowerBounds[i];
            at = at * lengths[i] + (int) Objects.checkIndex(index, (long) lengths[i]);
        }
        return elements.get(at);
    }

    /** Returns an array of the same dimensions whose elements the function made; NULL stays NULL. */
    public <U> PgArray<U> map(Function<? super T, ? extends U> function) {
        @Nullable Object[] mapped = new @Nullable Object[elements.size()];
        for (int i = 0; i < mapped.length; i++) {
            T element = elements.get(i);
            mapped[i] = element == null ? null : function.apply(element);
        }
        @SuppressWarnings("unchecked")
        List<@Nullable U> list = (List<@Nullable U>) Collections.unmodifiableList(Arrays.asList(mapped));
        return new PgArray<>(list, lengths, lowerBounds);
    }

    /** Tells whether every dimension begins at 1, as it does unless told otherwise. */
    boolean beginsAtOne() {
        return Arrays.stream(lowerBounds).allMatch(bound -> bound == 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PgArray<?> that
                && Arrays.equals(lengths, that.lengths)
                && Arrays.equals(lowerBounds, that.lowerBounds)
                && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lengths) + elements.hashCode();
    }

    /** Returns dimensions and elements. */
    @Override
    public String toString() {
        return Arrays.toString(lengths) + elements;
    }
}
