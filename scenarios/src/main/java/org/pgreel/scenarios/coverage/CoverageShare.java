package org.pgreel.scenarios.coverage;

import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.pgreel.protocol.wire.Direction;

/**
 * How many edges of a kind were exercised. Immutable.
 *
 * @param covered those that were
 * @param all those that there are
 */
public record CoverageShare(int covered, int all) {
    private static final double HUNDRED = 100.0;

    /** Returns the share of the matrix's edges that fit. */
    public static CoverageShare of(EdgeCounts counts, Predicate<Edge> fits) {
        Map<Edge, Long> exercised = counts.edges();
        int covered = 0;
        int all = 0;
        for (Edge edge : Matrix.all().keySet()) {
            if (fits.test(edge)) {
                all++;
                covered += exercised.containsKey(edge) ? 1 : 0;
            }
        }
        return new CoverageShare(covered, all);
    }

    /** Tells whether an edge is one of that side, legal or not. */
    public static Predicate<Edge> kind(Direction from, boolean legal) {
        return edge -> edge.from() == from && Matrix.legal(edge) == legal;
    }

    /** Returns the share in per cent; 100 where there are none. */
    public double percent() {
        return all == 0 ? HUNDRED : HUNDRED * covered / all;
    }

    /** Returns {@code 12 of 40}. */
    @Override
    public String toString() {
        return covered + " of " + all;
    }

    /** Returns {@code 12 of 40, 30.0 %}. */
    public String inFull() {
        return this + ", " + String.format(Locale.ROOT, "%.1f %%", percent());
    }
}
