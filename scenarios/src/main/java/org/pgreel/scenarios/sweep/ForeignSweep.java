package org.pgreel.scenarios.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * The sweep of programs that are not ours, over sockets: two statements whose answers are known, once with each effect at
 * each message of the server, or at each byte, as a scenario each, which any program can be checked against. Confined to one thread.
 */
public final class ForeignSweep {
    private static final String SESSION = """
              use login
              use housekeeping
              statement "select 1414213" {
                B RowDescription n:int4
                B DataRow "1414213"
                B CommandComplete "SELECT 1"
              }
              statement "select 6931471" {
                B RowDescription n:int4
                B DataRow "6931471"
                B CommandComplete "SELECT 1"
              }
              F end
            """;

    private static final String ENVELOPE = """
            name: %s
            shows: "%s"
            origin: ["pgreel sweep"]
            phase: query
            client: { statements: ["select 1414213", "select 6931471"] }
            outcome: [answered, recovered, clean-error, refused, times-out]
            answers: ["1414213", "6931471"]
            script: |
            %s%s""";

    private ForeignSweep() {}

    /**
     * A run of the sweep.
     *
     * @param line what goes wrong, as a {@code !} line
     * @param fault the same in the session in which nothing goes wrong
     * @param scenario what is played
     */
    public record Planned(String line, Fault fault, Scenario scenario) {}

    /**
     * What is played, and what is not.
     *
     * @param stream what the server says when nothing goes wrong
     * @param planned the runs
     * @param product effects × (bytes + boundaries) of both directions
     * @param skipped how many of these have no run of their own, by reason
     */
    public record Plan(SweptStream stream, List<Planned> planned, long product, Map<String, Long> skipped) {}

    /**
     * Returns a scenario for each effect on each message, by its {@code !} line.
     *
     * @param effects which effects
     */
    public static Map<String, Scenario> scenarios(Predicate<Tamper> effects) {
        Map<String, Scenario> scenarios = new TreeMap<>();
        for (Planned planned : plan(effects, false, 1).planned()) {
            scenarios.put(planned.line(), planned.scenario());
        }
        return scenarios;
    }

    /**
     * Plans a sweep.
     *
     * @param effects which effects
     * @param bytes whether effects on bytes happen at each byte, or only between messages
     * @param stride every how many points; 1 for all
     */
    public static Plan plan(Predicate<Tamper> effects, boolean bytes, int stride) {
        return new Planning(effects, bytes, stride).plan();
    }

    private static Scenario scenario(String name, String shows, String fault) {
        return ScenarioReader.parse(ENVELOPE.formatted(name, shows, fault, SESSION), name + ".pgreel.yaml");
    }

    /** Goes through all points once. */
    private static final class Planning {
        private final Subject subject = new Subject(scenario("sweep-calm", "Nothing goes wrong.", ""));
        private final Predicate<Tamper> effects;
        private final boolean bytes;
        private final int stride;
        private final Map<String, Planned> planned = new LinkedHashMap<>();
        private final Map<String, Long> skipped = new TreeMap<>();
        private long product;
        private long points;

        Planning(Predicate<Tamper> effects, boolean bytes, int stride) {
            this.effects = effects;
            this.bytes = bytes;
            this.stride = stride;
        }

        Plan plan() {
            for (SweptStream stream : subject.streams()) {
                for (Tamper tamper : Tampers.all(stream.direction())) {
                    product += stream.points();
                    if (stream.direction() == Direction.FRONTEND) {
                        skip("what a client says is not the server's to change", stream.points());
                    } else if (!effects.test(tamper)) {
                        skip("the effect was not asked for", stream.points());
                    } else {
                        points(stream, tamper);
                    }
                }
            }
            SweptStream server = subject.streams().stream()
                    .filter(stream -> stream.direction() == Direction.BACKEND)
                    .findFirst()
                    .orElseThrow();
            return new Plan(server, List.copyOf(planned.values()), product, skipped);
        }

        private void points(SweptStream stream, Tamper tamper) {
            for (int at = 0; at < stream.bytes().length(); at++) {
                if (bytes || tamper.kind().ofMessages()) {
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
            Optional<String> pointless = Points.pointless(fault, false);
            Optional<String> line = pointless.isPresent() ? Optional.empty() : FaultLine.of(fault);
            if (line.isEmpty()) {
                skip(pointless.orElse("the notation has no words for the effect"), 1);
            } else if (planned.containsKey(line.get())) {
                skip("the same effect as at another point", 1);
            } else if (points++ % stride != 0) {
                skip("only every " + stride + "th point was asked for", 1);
            } else {
                String name = "sweep-" + (planned.size() + 1);
                String shown = line.get().replace("\\", "\\\\").replace("\"", "\\\"");
                planned.put(
                        line.get(), new Planned(line.get(), fault, scenario(name, shown, "  " + line.get() + "\n")));
            }
        }
    }
}
