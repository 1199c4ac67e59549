package org.pgreel.type;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value of pgvector's types vector and halfvec: numbers, none of them infinite or NaN. Immutable. */
public final class PgVector {
    private final float[] elements;

    private PgVector(float[] elements) {
        this.elements = elements;
    }

    /** Returns the vector of the numbers; of a halfvec those have eleven significant bits on the wire. */
    public static PgVector of(float... elements) {
        return new PgVector(elements.clone());
    }

    /** Returns the count of numbers. */
    public int dimensions() {
        return elements.length;
    }

    /** Returns the number at the index, 0 being the first. */
    public float get(int index) {
        return elements[index];
    }

    /** Returns a copy of the numbers. */
    public float[] toArray() {
        return elements.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PgVector that && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    /** Returns the vector as pgvector reads it. */
    @Override
    public String toString() {
        return Arrays.toString(elements).replace(" ", "");
    }
}
