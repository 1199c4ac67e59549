package org.pgreel.type;

/**
 * A value of the type circle. Immutable.
 *
 * @param center its middle
 * @param radius its radius, not negative
 */
public record PgCircle(PgPoint center, double radius) {

    /** Returns the circle as PostgreSQL reads it. */
    @Override
    public String toString() {
        return "<" + center + "," + radius + ">";
    }
}
