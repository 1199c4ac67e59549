package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.volatility.Volatility;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;
import org.pgreel.scenarios.file.ScenarioServer;

/**
 * What is played to a program that is not ours, again and again: a scenario in which nothing goes wrong. Immutable.
 *
 * @param calm the scenario; any end of the program is allowed but a wrong answer, a crash, or none
 * @param answering a server that says the same, and answers whatever it is asked, as one to which a changed question comes
 * @param text what its file says in front of its script's lines; null where it is told otherwise how to repeat a run
 */
public record ForeignSession(
        Scenario calm, Scenario answering, @Nullable String text) {
    private static final Set<Outcome> ANY =
            EnumSet.of(Outcome.ANSWERED, Outcome.RECOVERED, Outcome.CLEAN_ERROR, Outcome.REFUSED, Outcome.TIMES_OUT);

    private static final String FIRST = """
              statement "select 1414213" {
                B RowDescription n:int4
                B DataRow "1414213"
                B CommandComplete "SELECT 1"
              }
            """;

    private static final String SECOND = """
              statement "select 6931471" {
                B RowDescription n:int4
                B DataRow "6931471"
                B CommandComplete "SELECT 1"
              }
            """;

    private static final String OTHER = """
              statement <any> {
                B ErrorResponse ERROR 42601 "syntax error"
              }
            """;

    private static final String BEGIN = "  use login\n  use housekeeping\n";

    private static final String ENVELOPE = """
            name: sweep
            shows: "Two statements whose answers are known."
            origin: ["pgreel sweep"]
            phase: query
            client: { statements: ["select 1414213", "select 6931471"] }
            outcome: [answered, recovered, clean-error, refused, times-out]
            answers: ["1414213", "6931471"]
            script: |
            """;

    /** Returns the session that comes with PgReel: two statements whose answers are known. */
    public static ForeignSession twoStatements() {
        Scenario calm = ScenarioReader.parse(ENVELOPE + BEGIN + FIRST + SECOND + "  F end\n", "sweep.pgreel.yaml");
        String any = "  repeat {\n  either {\n" + FIRST + "  } or {\n" + SECOND + "  } or {\n" + OTHER + "  }\n  }\n";
        Scenario answering = ScenarioReader.parse(ENVELOPE + BEGIN + any + "  F end\n", "sweep.pgreel.yaml");
        return new ForeignSession(calm, answering, ENVELOPE);
    }

    /** Returns a session that a scenario plays. */
    public static ForeignSession of(Scenario scenario) {
        Scenario calm = with(scenario, scenario.name(), List.of(), scenario.played());
        return new ForeignSession(calm, calm, null);
    }

    /**
     * Returns a session that was recorded of the program, which is asked nothing and says what it said then; its statements
     * are answered by exchanges.
     *
     * @throws org.pgreel.replay.source.UnplayableException if it cannot be played
     */
    public static ForeignSession of(RecordedSession session) {
        var beside = new RecordingBeside(RecordingSource.read(List.of(session)), false, Volatility.NONE);
        Scenario healthy = ScenarioReader.parse(
                ENVELOPE.replaceAll("(?m)^(client|answers): .*\n", "")
                        + "  connection * {\n  use login\n  F end\n  }\n",
                "recorded.pgreel.yaml");
        ScenarioServer server = healthy.server();
        var recorded = new ScenarioServer(
                server.auth(),
                server.tls(),
                server.certificate(),
                beside.version(),
                server.maxConnections(),
                server.occupied(),
                server.reserved(),
                server.recovery(),
                server.standby());
        Scenario calm = with(healthy, recorded, "recorded", List.of(), beside);
        return new ForeignSession(calm, calm, null);
    }

    /** Returns what is played where nothing goes wrong but for the line. */
    Scenario with(String name, Optional<String> fault) {
        return with(
                calm, name, fault.map(line -> Script.parse(line + "\n").lines()).orElse(List.of()), calm.played());
    }

    /** Returns what is played where somebody in between changes something. */
    Scenario tampered(String name) {
        return with(answering, name, List.of(), answering.played());
    }

    /** Returns a run as a scenario file; empty if what happens is not the server's doing, or the session is none of PgReel's. */
    public Optional<String> file(ForeignSweep.Planned planned) {
        if (text == null || planned.fault().stream().direction() == Direction.FRONTEND) {
            return Optional.empty();
        }
        String shows = planned.line().replace("\\", "\\\\").replace("\"", "\\\"");
        return Optional.of(text.replaceFirst(
                        "(?s)^name: .*?\norigin",
                        Matcher.quoteReplacement(
                                "name: " + planned.scenario().name() + "\nshows: \"" + shows + "\"\norigin"))
                + "  " + planned.line() + "\n" + BEGIN + FIRST + SECOND + "  F end\n");
    }

    private static Scenario with(
            Scenario scenario, String name, List<ScriptLine> first, @Nullable RecordingBeside played) {
        return with(scenario, scenario.server(), name, first, played);
    }

    private static Scenario with(
            Scenario scenario,
            ScenarioServer server,
            String name,
            List<ScriptLine> first,
            @Nullable RecordingBeside played) {
        var lines = new ArrayList<>(first);
        lines.addAll(scenario.script().lines());
        return new Scenario(
                name,
                scenario.shows(),
                scenario.origin(),
                scenario.phase(),
                server,
                scenario.client(),
                scenario.recording(),
                scenario.match(),
                ANY,
                scenario.within(),
                scenario.answers(),
                List.of(),
                scenario.hidden(),
                played,
                new Script(lines),
                scenario.source());
    }
}
