package org.pgreel.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of the type polygon. Immutable.
 *
 * @param points the corners in order, at least one
 */
public record PgPolygon(List<PgPoint> points) {

    /** Keeps its own copy. */
    public PgPolygon {
        points = List.copyOf(points);
    }

    /** Returns the polygon as PostgreSQL reads it. */
    @Override
    public String toString() {
        return points.stream().map(PgPoint::toString).collect(Collectors.joining(",", "(", ")"));
    }
}
