package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ServerAddress;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Scenario;

/**
 * What the {@code >} lines of a scenario with one session ask, in groups: lines that stand together, or have only told lines
 * between them, are asked at once. Immutable.
 */
public final class Asked {
    private final Scenario scenario;
    private final List<List<ScriptLine>> groups;

    private Asked(Scenario scenario, List<List<ScriptLine>> groups) {
        this.scenario = scenario;
        this.groups = List.copyOf(groups);
    }

    /**
     * Reads what a scenario asks.
     *
     * @throws UnplayableException if it asks for several sessions, or says how one connects
     */
    public static Asked of(Scenario scenario) {
        var told = new ToldScript(scenario.script());
        boolean several = told.sessions().size() > 1 || scenario.client().connections() > 1;
        if (several || told.implicit().isEmpty() && told.asks()) {
            throw new UnplayableException(
                    "the scenario \"" + scenario.name() + "\" is not about one session that connects of itself", null);
        }
        if (!told.asks()) {
            return new Asked(scenario, asQueries(scenario.client().statements()));
        }
        var groups = new ArrayList<List<ScriptLine>>();
        collect(scenario.script().lines(), groups);
        groups.removeIf(List::isEmpty);
        return new Asked(scenario, groups);
    }

    private static List<List<ScriptLine>> asQueries(List<String> statements) {
        var groups = new ArrayList<List<ScriptLine>>();
        for (String statement : statements) {
            String line = "> query \"" + statement.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
            groups.add(Script.parse(line).lines());
        }
        return groups;
    }

    private static void collect(List<ScriptLine> lines, List<List<ScriptLine>> groups) {
        groups.add(new ArrayList<>());
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step instanceof Step.Told told) {
                if (told.kind() == '>') {
                    place(line, told, groups);
                }
            } else if (step != null && !(step instanceof Step.Note)) {
                groups.add(new ArrayList<>());
                Bodies.of(step).forEach(body -> collect(body, groups));
                groups.add(new ArrayList<>());
            }
        }
    }

    /** What goes on with an operation is asked together with it, since the operation is not done before. */
    private static void place(ScriptLine line, Step.Told told, List<List<ScriptLine>> groups) {
        int at = groups.size() - 1;
        if (Transfers.goesOn(told.word())) {
            while (at > 0 && groups.get(at).isEmpty()) {
                at--;
            }
        }
        groups.get(at).add(line);
    }

    List<List<ScriptLine>> groups() {
        return groups;
    }

    /** Returns the lines, in order. */
    public List<ScriptLine> lines() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /**
     * Returns how the session connects.
     *
     * @param password the password it has
     * @param server where to
     */
    public ConnectOptionsBuilder options(String password, ServerAddress server) {
        return new Wishes(scenario, password).options().addresses(List.of(server));
    }
}
