package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * The sweep of programs that are not ours, over sockets: two statements whose answers are known, once with each effect on
 * each message of the server, as a scenario each, which any program can be checked against. Confined to one thread.
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
     * Returns a scenario for each effect on each message, by its {@code !} line.
     *
     * @param effects which effects
     */
    public static Map<String, Scenario> scenarios(Predicate<Tamper> effects) {
        var subject = new Subject(scenario("sweep-calm", "Nothing goes wrong.", ""));
        Map<String, Scenario> scenarios = new TreeMap<>();
        for (String line : lines(subject, effects)) {
            String name = "sweep-" + (scenarios.size() + 1);
            String shown = line.replace("\\", "\\\\").replace("\"", "\\\"");
            scenarios.put(line, scenario(name, shown, "  " + line + "\n"));
        }
        return scenarios;
    }

    private static Scenario scenario(String name, String shows, String fault) {
        return ScenarioReader.parse(ENVELOPE.formatted(name, shows, fault, SESSION), name + ".pgreel.yaml");
    }

    private static List<String> lines(Subject subject, Predicate<Tamper> effects) {
        var lines = new ArrayList<String>();
        for (SweptStream stream : subject.streams()) {
            if (stream.direction() == Direction.FRONTEND) {
                continue;
            }
            for (Tamper tamper : Tampers.all(Direction.BACKEND)) {
                for (int at = 0; at < stream.boundaries().size() && effects.test(tamper); at++) {
                    add(new Fault(stream, tamper, true, at), lines);
                }
            }
        }
        return lines;
    }

    private static void add(Fault fault, List<String> lines) {
        if (Points.pointless(fault, false).isEmpty()) {
            FaultLine.of(fault).filter(line -> !lines.contains(line)).ifPresent(lines::add);
        }
    }
}
