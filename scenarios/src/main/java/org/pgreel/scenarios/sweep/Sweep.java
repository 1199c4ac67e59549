package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.EdgeCounts;

/**
 * Every effect at every byte and every boundary of a session, in both directions: one simulated run each, with all
 * invariants checked behind it. Confined to one thread.
 */
public final class Sweep {
    private static final int BROKEN_KEPT = 20;

    private final Subject subject;
    private final Options options;
    private final Plant plant;
    private final Map<String, Long> skipped = new TreeMap<>();
    private final List<Broken> broken = new ArrayList<>();
    private final Map<Direction, List<Tamper>> tampers = new EnumMap<>(Direction.class);
    private @Nullable FaultCoverage coverage;
    private @Nullable String only;
    private Share share = Share.ALL;
    private long seen;
    private long product;
    private long runs;
    private long brokenRuns;

    /**
     * What is swept.
     *
     * @param effects which effects, by their words
     * @param directions in which directions
     * @param prune whether points that are the same to a parser are left out
     * @param stride every how many points; 1 for all
     */
    public record Options(Predicate<Tamper> effects, Predicate<Direction> directions, boolean prune, int stride) {
        /** Everything. */
        public static final Options ALL = new Options(effect -> true, direction -> true, false, 1);
    }

    /**
     * A run behind which something did not hold.
     *
     * @param subject what was swept
     * @param fault what went wrong on the wire
     * @param invariant what did not hold; null if the fault did not happen
     * @param sentence how
     */
    public record Broken(
            Subject subject, Fault fault, @Nullable Invariant invariant, String sentence) {
        @Override
        public String toString() {
            return subject.scenario().name() + ", " + fault + " ("
                    + fault.stream().nameAt(fault.offset()) + "): " + sentence
                    + (invariant == null ? "" : " [" + invariant.name() + "]");
        }
    }

    /**
     * What a sweep has come to.
     *
     * @param product effects × (bytes + boundaries) of all streams
     * @param runs how many of these were run
     * @param skipped how many were not, by reason
     * @param brokenRuns behind how many runs something did not hold
     * @param broken the first of these
     */
    public record Result(long product, long runs, Map<String, Long> skipped, long brokenRuns, List<Broken> broken) {
        /** Returns what two parts of one sweep have come to. */
        public Result plus(Result other) {
            var reasons = new TreeMap<>(skipped);
            other.skipped.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
            var first = new ArrayList<>(broken);
            first.addAll(other.broken);
            return new Result(
                    product + other.product,
                    runs + other.runs,
                    reasons,
                    brokenRuns + other.brokenRuns,
                    first.size() > BROKEN_KEPT ? first.subList(0, BROKEN_KEPT) : first);
        }
    }

    /**
     * A part of a sweep, for one of several threads, each with a subject of its own. Their results add up to that of the
     * whole sweep.
     *
     * @param index which part, from 0
     * @param of how many parts there are
     * @param over asked before each run whether the time is over; what is left then is counted as skipped
     */
    public record Share(int index, int of, BooleanSupplier over) {
        /** All of it, however long it takes. */
        public static final Share ALL = new Share(0, 1, () -> false);
    }

    /**
     * Makes a sweep that has not begun.
     *
     * @param plant a bug to find; {@link Plant#NONE} for the client as it is
     */
    public Sweep(Subject subject, Options options, Plant plant) {
        this.subject = subject;
        this.options = options;
        this.plant = plant;
        for (Direction direction : Direction.values()) {
            tampers.put(direction, Tampers.all(direction));
        }
    }

    /** Makes only the run with the fault that is printed so. */
    public Sweep only(String fault) {
        only = fault;
        return this;
    }

    /** Counts which edges of the conversation matrix are exercised by runs that are not broken. */
    public Sweep covering(EdgeCounts counts) {
        coverage = new FaultCoverage(counts);
        return this;
    }

    /** Returns what is done to a stream of that direction. */
    private List<Tamper> tampers(Direction direction) {
        return tampers.getOrDefault(direction, List.of());
    }

    /** Sweeps only a part. */
    public Sweep only(Share part) {
        share = part;
        return this;
    }

    /** Sweeps all that is asked for. */
    public Result run() {
        if (coverage != null) {
            coverage.calm(subject);
        }
        for (SweptStream stream : subject.streams()) {
            for (Tamper tamper : tampers(stream.direction())) {
                sweep(stream, tamper);
            }
        }
        return new Result(share.index() == 0 ? product : 0, runs, skipped, brokenRuns, broken);
    }

    private void sweep(SweptStream stream, Tamper tamper) {
        product += stream.points();
        if (!options.effects().test(tamper)) {
            skip("the effect was not asked for", share.index() == 0 ? stream.points() : 0);
            return;
        }
        if (!options.directions().test(stream.direction())) {
            skip("the direction was not asked for", share.index() == 0 ? stream.points() : 0);
            return;
        }
        for (int at = 0; at < stream.bytes().length(); at++) {
            take(new Fault(stream, tamper, false, at));
        }
        for (int at = 0; at < stream.boundaries().size(); at++) {
            take(new Fault(stream, tamper, true, at));
        }
    }

    private void skip(String reason, long points) {
        if (points > 0) {
            skipped.merge(reason, points, Long::sum);
        }
    }

    private void take(Fault fault) {
        seen++;
        if (seen % share.of() != share.index()) {
            return;
        }
        Optional<String> pointless = Points.pointless(fault, options.prune());
        if (pointless.isPresent()) {
            skip(pointless.get(), 1);
        } else if (only != null && !only.equals(fault.toString())) {
            skip("it was not asked for (--only)", 1);
        } else if ((product + fault.at()) % options.stride() != 0) {
            skip("only every " + options.stride() + "th point was asked for", 1);
        } else if (share.over().getAsBoolean()) {
            skip("the time was over", 1);
        } else {
            runs++;
            Optional<Broken> found = find(fault);
            if (found.isPresent()) {
                brokenRuns++;
                if (broken.size() < BROKEN_KEPT) {
                    broken.add(found.get());
                }
            } else if (coverage != null) {
                coverage.passed(fault);
            }
        }
    }

    private Optional<Broken> find(Fault fault) {
        return judge(subject, fault, Play.of(subject, fault, plant));
    }

    /** Returns what does not hold behind a run; empty if all does. */
    static Optional<Broken> judge(Subject subject, Fault fault, Trace trace) {
        if (!trace.fired()) {
            return Optional.of(new Broken(subject, fault, null, "the fault did not happen"));
        }
        for (Invariant invariant : Invariant.ALL) {
            Optional<String> sentence = invariant.broken(subject, trace);
            if (sentence.isPresent()) {
                return Optional.of(new Broken(subject, fault, invariant, sentence.get()));
            }
        }
        return Optional.empty();
    }
}
