package org.pgreel.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of the type path. Immutable.
 *
 * @param points the points in order, at least one
 * @param closed whether a line leads from the last point back to the first
 */
public record PgPath(List<PgPoint> points, boolean closed) {

    /** Keeps its own copy. */
    public PgPath {
        points = List.copyOf(points);
    }

    /** Returns the path as PostgreSQL reads it. */
    @Override
    public String toString() {
        return points.stream()
                .map(PgPoint::toString)
                .collect(Collectors.joining(",", closed ? "(" : "[", closed ? ")" : "]"));
    }
}
