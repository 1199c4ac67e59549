package org.pgreel.type;

/**
 * A value of the type point. Immutable.
 *
 * @param x the abscissa
 * @param y the ordinate
 */
public record PgPoint(double x, double y) {
    /** Two numbers of eight bytes. */
    static final int BYTES = 16;

    static PgPoint read(ValueReader in) {
        return new PgPoint(in.readFloat8(), in.readFloat8());
    }

    void write(ValueWriter out) {
        out.writeFloat8(x).writeFloat8(y);
    }

    /** Returns the point as PostgreSQL reads it. */
    @Override
    public String toString() {
        return "(" + x + "," + y + ")";
    }
}
