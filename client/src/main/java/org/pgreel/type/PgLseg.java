package org.pgreel.type;

/**
 * A value of the type lseg: the line between two points. Immutable.
 *
 * @param from where it begins
 * @param to where it ends
 */
public record PgLseg(PgPoint from, PgPoint to) {

    /** Returns the line as PostgreSQL reads it. */
    @Override
    public String toString() {
        return "[" + from + "," + to + "]";
    }
}
