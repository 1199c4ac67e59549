package org.pgreel.scenarios.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.replay.play.Chunking;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/** When told lines are asked and compared, and when a session is closed. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DriveTest {
    private static final String ONE = """
            statement "select 1" {
              B RowDescription n:int4
              B DataRow "1"
              B CommandComplete "SELECT 1"
            }
            """;

    private static Scenario scenario(String client, String outcome, String script) {
        return ScenarioReader.parse(
                "name: driven\nshows: Something.\norigin: [\"a test\"]\nphase: query\nclient: " + client + "\noutcome: "
                        + outcome + "\nscript: |\n" + script.indent(2),
                "driven.pgreel.yaml");
    }

    private static RunResult run(Scenario scenario) {
        return MemoryRun.of(Prepared.of(scenario), Chunking.WHOLE, 7, true);
    }

    private static RunResult run(String script) {
        return run(scenario("{ sslmode: disable }", "answered", script));
    }

    private static List<String> told(RunResult result) {
        assertThat(result.problems()).isEmpty();
        return result.heard().stream()
                .filter(line -> !line.startsWith("@ pgParameterStatus"))
                .toList();
    }

    @Test
    void withoutLinesTheStatementsOfTheFileAreRunAndTheSessionIsClosed() {
        RunResult result = run(
                scenario("{ sslmode: disable, statement: \"select 1\" }", "answered", "use login\n" + ONE + "F end\n"));

        assertThat(told(result))
                .containsExactly(
                        "@ pgSessionConnected",
                        "@ pgSessionAuthenticated",
                        "@ pgTransactionStatus \"I\"",
                        "< row \"1\"",
                        "< done \"SELECT 1\"",
                        "@ pgTransactionStatus \"I\"",
                        "@ pgSessionShutdown \"SessionClosed\"");
    }

    @Test
    void whatStandsBehindACallbackIsAskedInsideIt() {
        RunResult result = run("F connect\nF end\n@ pgSessionConnected\n> close\n@ pgSessionShutdown SessionClosed\n");

        assertThat(told(result)).containsExactly("@ pgSessionConnected", "@ pgSessionShutdown \"SessionClosed\"");
    }

    @Test
    void aSessionClosedInsideItsShutdownRefusesWhatIsAskedThere() {
        assertThat(told(run(
                        "use login\nF end\n@ pgSessionShutdown\n> query \"select 1\"\n< failed SessionClosed none\n")))
                .endsWith("@ pgSessionShutdown \"SessionClosed\"", "< failed \"SessionClosed\" \"none\"");
    }

    @Test
    void linesThatConnectMayStandBehindTheServers() {
        assertThat(told(run("use login\n" + ONE
                        + "F end\n> connect\n> query \"select 1\"\n< row \"1\"\n< done \"SELECT 1\"\n")))
                .contains("< row \"1\"");
    }

    @Test
    void sessionsConnectInTheOrderOfTheirLines() {
        RunResult result = run("""
                connection 1 {
                  use login pid=1
                  > a: query "select 1"
                  %s
                  F end
                }
                connection 2 {
                  use login pid=2
                  F end
                }
                @ b: pgTransactionStatus I
                > b: close
                < a: row "1"
                < a: done
                """.formatted(ONE.indent(2).strip()));

        assertThat(result.problems()).isEmpty();
        assertThat(result.heard()).contains("< a: row \"1\"", "@ b: pgSessionShutdown \"SessionClosed\"");
    }

    @Test
    void theSameSeedIsTheSameRunWhateverIsCut() {
        Scenario scenario = scenario(
                "{ sslmode: require, statement: \"select 1\" }",
                "answered",
                "use startup tls=on\nuse scram\nB AuthenticationOk\nuse ready\n" + ONE + "F end\n");

        RunResult whole = run(scenario);

        assertThat(told(whole)).contains("< row \"1\"");
        assertThat(run(scenario).transcript()).isEqualTo(whole.transcript());
        assertThat(MemoryRun.of(Prepared.of(scenario), Chunking.BYTES, 7, false).heard())
                .isEqualTo(whole.heard());
        assertThat(whole.cuts()).isNotEmpty();
    }

    @Test
    void theClientHearsTheSameOverTcp() {
        Scenario scenario = scenario(
                "{ sslmode: require, statement: \"select 1\" }",
                "answered",
                "use startup tls=on\nuse scram\nB AuthenticationOk\nuse ready\n" + ONE + "F end\n");

        try (var sockets = new SocketRuns()) {
            RunResult result = sockets.run(scenario, Chunking.of("seed:3"));

            assertThat(told(result)).isEqualTo(told(run(scenario)));
        }
    }

    @Test
    void aRefusedConnectionIsTriedAgainWhereTheScenarioMayBeRecoveredFrom() {
        RunResult result = run(ScenarioReader.parse("""
                name: recovered
                shows: Two places, three sessions.
                origin: ["a test"]
                phase: pool
                server: { max-connections: 2 }
                client: { sslmode: disable, connections: 3, statement: "select 1" }
                outcome: recovered
                script: |
                  connection * {
                    use login
                    use housekeeping
                    F end
                  }
                """, "recovered.pgreel.yaml"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.observed().connectionFailures()).containsExactly("TooManyConnections");
    }

    @Test
    void aServerThatSaysNothingIsLeftByOurOwnTimerWithoutWaiting() {
        RunResult result =
                run(scenario("{ sslmode: disable }", "times-out", "F StartupMessage ...\nB stall\nF end within=5s\n"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.observed().connectionFailures()).containsExactly("ConnectionFailedTimeout");
    }
}
