package org.pgreel.scenarios.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.scenarios.check.Between;
import org.pgreel.scenarios.check.CheckCase;
import org.pgreel.scenarios.check.CheckListener;
import org.pgreel.scenarios.check.CheckOptions;
import org.pgreel.scenarios.check.CheckReport;
import org.pgreel.scenarios.check.ClientCheck;
import org.pgreel.scenarios.check.ClientUnderTest;
import org.pgreel.scenarios.check.Grade;
import org.pgreel.scenarios.check.MisconfiguredException;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.file.Scenario;

/**
 * The sweep of programs that are not ours, over sockets: a session is played to the program once as it is, and then with one
 * fault at a time at each of the points where the program and the server have said something. Confined to one thread.
 */
public final class ForeignSweep {
    private static final int COARSEST = 64;

    private final ClientUnderTest client;
    private final ForeignSession session;
    private final CheckOptions options;
    private final CheckListener listener;
    private Predicate<String> only = line -> true;
    private BooleanSupplier over = () -> false;
    private boolean bounded;
    private @Nullable EdgeCounts coverage;

    /**
     * Prepares a sweep.
     *
     * @param client what is swept; the caller closes it
     * @param session what is played
     * @param options how runs are made and graded
     * @param listener hears how it goes
     */
    public ForeignSweep(ClientUnderTest client, ForeignSession session, CheckOptions options, CheckListener listener) {
        this.client = client;
        this.session = session;
        this.options = options;
        this.listener = listener;
    }

    /**
     * What is swept.
     *
     * @param points which effects, directions and points
     * @param bytes whether effects on bytes happen at each byte, or only between messages
     */
    public record Wanted(Sweep.Options points, boolean bytes) {}

    /**
     * A run of the sweep.
     *
     * @param line what goes wrong: a {@code !} line where the server does it, and words where it happens to what the program says
     * @param fault the same in the session in which nothing goes wrong
     * @param scenario what is played
     */
    public record Planned(String line, Fault fault, Scenario scenario) {}

    /**
     * What is played, and what is not.
     *
     * @param streams what the program and the server say on the first connection when nothing goes wrong
     * @param planned the runs
     * @param product effects × (bytes + boundaries) of both directions
     * @param skipped how many of these have no run of their own, by reason
     */
    public record Plan(List<SweptStream> streams, List<Planned> planned, long product, Map<String, Long> skipped) {}

    /**
     * What a sweep has come to.
     *
     * @param plan the runs; those for which there was no time are among the skipped
     * @param report their grades
     */
    public record Result(Plan plan, CheckReport report) {
        /** Returns the run that a case is of. */
        public Planned planned(CheckCase it) {
            return plan.planned().stream()
                    .filter(each -> each.scenario().name().equals(it.name()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Makes only the runs whose line is as wanted. */
    public ForeignSweep only(Predicate<String> line) {
        only = line;
        return this;
    }

    /** Begins no run any more once the time is over; the first runs are spread over all the session. */
    public ForeignSweep until(BooleanSupplier theTimeIsOver) {
        over = theTimeIsOver;
        bounded = true;
        return this;
    }

    /** Counts the edges of the conversation matrix that its runs exercise. */
    public ForeignSweep covering(EdgeCounts counts) {
        coverage = counts;
        return this;
    }

    /**
     * Sweeps.
     *
     * @throws MisconfiguredException if the program fails where nothing goes wrong
     * @throws IOException if it cannot be started
     */
    public Result run(Wanted wanted) throws MisconfiguredException, IOException, InterruptedException {
        Plan plan = new ForeignPlan(session, observed(), wanted, only).plan();
        Map<String, Fault> tampered = new HashMap<>();
        for (Planned each : plan.planned()) {
            if (each.fault().stream().direction() == Direction.FRONTEND) {
                tampered.put(each.scenario().name(), each.fault());
            }
        }
        List<Scenario> scenarios = (bounded ? spread(plan.planned()) : plan.planned())
                .stream().map(Planned::scenario).toList();
        CheckReport report = check().until(over)
                .between(scenario ->
                        Optional.ofNullable(tampered.get(scenario.name())).map(Tampered::new))
                .run(scenarios);
        return new Result(played(plan, report), report);
    }

    private ClientCheck check() {
        var check = new ClientCheck(client, options, listener);
        return coverage == null ? check : check.covering(coverage);
    }

    /** Returns what is said where nothing goes wrong. */
    private List<SweptStream> observed() throws MisconfiguredException, IOException, InterruptedException {
        var watch = new ObservedServer();
        Scenario calm = session.with("calm", Optional.empty());
        CheckReport report = new ClientCheck(client, options, CheckListener.NONE)
                .between(scenario -> Optional.of(watch))
                .run(List.of(calm));
        CheckCase only = report.cases().get(0);
        if (only.grade() != Grade.OK) {
            throw new MisconfiguredException("the program does not play the session where nothing goes wrong, "
                    + only.grade().word() + ": " + only.got());
        }
        return watch.streams().stream()
                .filter(stream -> stream.connection() == 1)
                .toList();
    }

    /** Takes every 64th first, then every 32th, and so on. */
    private static List<Planned> spread(List<Planned> planned) {
        var ordered = new LinkedHashSet<Planned>();
        for (int step = COARSEST; step > 0; step /= 2) {
            for (int i = 0; i < planned.size(); i += step) {
                ordered.add(planned.get(i));
            }
        }
        return new ArrayList<>(ordered);
    }

    private static Plan played(Plan plan, CheckReport report) {
        var names = report.cases().stream().map(CheckCase::name).toList();
        List<Planned> begun = plan.planned().stream()
                .filter(each -> names.contains(each.scenario().name()))
                .toList();
        var skipped = new TreeMap<>(plan.skipped());
        long left = (long) plan.planned().size() - begun.size();
        if (left > 0) {
            skipped.put("the time was over", left);
        }
        return new Plan(plan.streams(), begun, plan.product(), skipped);
    }

    /** A fault in what the program says, on its way to the server. */
    private static final class Tampered implements Between {
        private final Fault fault;
        private @Nullable Tampering tampering;

        Tampered(Fault fault) {
            this.fault = fault;
        }

        @Override
        public PlayedServer around(PlayedServer server) {
            var made = new Tampering(server, fault);
            tampering = made;
            return made;
        }

        @Override
        public boolean fired() {
            return tampering != null && tampering.fired();
        }
    }
}
