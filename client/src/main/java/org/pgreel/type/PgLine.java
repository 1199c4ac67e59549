package org.pgreel.type;

/**
 * A value of the type line: the points for which ax + by + c is 0. Immutable.
 *
 * @param a the factor of x
 * @param b the factor of y; not 0 if a is
 * @param c the constant
 */
public record PgLine(double a, double b, double c) {

    /** Returns the line as PostgreSQL reads it. */
    @Override
    public String toString() {
        return "{" + a + "," + b + "," + c + "}";
    }
}
