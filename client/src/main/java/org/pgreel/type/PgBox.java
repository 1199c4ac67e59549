package org.pgreel.type;

/**
 * A value of the type box. The server orders the corners, so they may come back otherwise than they were sent. Immutable.
 *
 * @param high the upper right corner
 * @param low the lower left corner
 */
public record PgBox(PgPoint high, PgPoint low) {

    /** Returns the box as PostgreSQL reads it. */
    @Override
    public String toString() {
        return high + "," + low;
    }
}
