package org.pgreel.scenarios.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.sweep.ForeignSweep.Plan;
import org.pgreel.scenarios.sweep.ForeignSweep.Planned;
import org.pgreel.scenarios.sweep.Tamper.Kind;

/** Goes through all points of a session once and says which of them have a run of their own, and why the others have none. */
final class ForeignPlan {
    private final ForeignSession session;
    private final List<SweptStream> streams;
    private final ForeignSweep.Wanted wanted;
    private final Predicate<String> only;
    private final Map<String, Planned> planned = new LinkedHashMap<>();
    private final Map<String, Long> skipped = new TreeMap<>();
    private long product;
    private long points;

    ForeignPlan(ForeignSession session, List<SweptStream> streams, ForeignSweep.Wanted wanted, Predicate<String> only) {
        this.session = session;
        this.streams = streams;
        this.wanted = wanted;
        this.only = only;
    }

    Plan plan() {
        for (SweptStream stream : streams) {
            for (Tamper tamper : Tampers.all(stream.direction())) {
                product += stream.points();
                if (!wanted.points().directions().test(stream.direction())) {
                    skip("the direction was not asked for", stream.points());
                } else if (!wanted.points().effects().test(tamper)) {
                    skip("the effect was not asked for", stream.points());
                } else {
                    points(stream, tamper);
                }
            }
        }
        return new Plan(streams, List.copyOf(planned.values()), product, skipped);
    }

    private void points(SweptStream stream, Tamper tamper) {
        for (int at = 0; at < stream.bytes().length(); at++) {
            if (wanted.bytes() || tamper.kind().ofMessages()) {
                take(new Fault(stream, tamper, false, at));
            } else {
                skip("effects on bytes were not asked for (--bytes)", 1);
            }
        }
        for (int at = 0; at < stream.boundaries().size(); at++) {
            take(new Fault(stream, tamper, true, at));
        }
    }

    private void skip(String reason, long count) {
        skipped.merge(reason, count, Long::sum);
    }

    private void take(Fault fault) {
        Optional<String> pointless =
                Points.pointless(fault, wanted.points().prune()).or(() -> unplayable(fault));
        if (pointless.isPresent()) {
            skip(pointless.get(), 1);
            return;
        }
        String line = FaultLine.of(fault).orElseGet(() -> FaultLine.words(fault));
        if (planned.containsKey(line)) {
            skip("the same effect as at another point", 1);
        } else if (!only.test(line)) {
            skip("it was not asked for (--only)", 1);
        } else if (points++ % wanted.points().stride() != 0) {
            skip("only every " + wanted.points().stride() + "th point was asked for", 1);
        } else {
            String name = "sweep-" + (planned.size() + 1);
            boolean frontend = fault.stream().direction() == Direction.FRONTEND;
            planned.put(
                    line,
                    new Planned(
                            line, fault, frontend ? session.tampered(name) : session.with(name, Optional.of(line))));
        }
    }

    /** What the server does is a line of a script; what happens to the client's bytes must be something that it can notice. */
    private static Optional<String> unplayable(Fault fault) {
        Kind kind = fault.tamper().kind();
        if (fault.stream().direction() == Direction.FRONTEND) {
            return kind == Kind.BYTES || kind == Kind.COALESCE
                    ? Optional.of("a program cannot tell in what pieces a server reads")
                    : Optional.empty();
        }
        return FaultLine.of(fault).isEmpty()
                ? Optional.of("the notation has no words for the effect")
                : Optional.empty();
    }
}
