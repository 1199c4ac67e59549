package org.pgreel.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.drive.SocketRuns;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/** What a person reads, and how soon, when our client does not do what a scenario says. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MismatchTest {
    private static final String ANOTHER_STATEMENT = """
            use startup
            B AuthenticationOk
            B ReadyForQuery I
            > query "select 2"
            statement "select 1" {
              B CommandComplete "SELECT 1"
            }
            F end
            """;

    private static Scenario scenario(String script) {
        return ScenarioReader.parse(
                "name: wrong\nshows: Something that our client does not do.\norigin: [\"a test\"]\nphase: query\n"
                        + "client: { sslmode: disable }\noutcome: answered\nscript: |\n" + script.indent(2),
                "wrong.pgreel.yaml");
    }

    private static Verdict.Failed failure(String script, String word) {
        try (var sockets = new SocketRuns()) {
            Verdict verdict = new ScenarioRun(scenario(script), new Coverage(), sockets).run(List.of(word));
            assertThat(verdict).isInstanceOf(Verdict.Failed.class);
            return (Verdict.Failed) verdict;
        }
    }

    @Test
    void aDepartureNamesTheClosestLineAndWhatWasSaidBefore() {
        assertThat(failure(ANOTHER_STATEMENT, "whole").text()).isEqualTo("""
                scenario wrong (wrong.pgreel.yaml, script from line 8), whole: \
                connection 1, line 5: expected statement "select 1" {, got F Query "select 2"
                connection 1, line 5: expected statement "select 1" {, got F Query "select 2"
                  so far:
                    F StartupMessage 3.0 user="ada" database="ada" client_encoding="UTF8" DateStyle="ISO"
                    B AuthenticationOk
                    B ReadyForQuery I
                  > F Query "select 2"
                  the application was told:
                    @ pgSessionConnected
                    @ pgSessionAuthenticated
                    @ pgTransactionStatus "I"
                    < failed "ServerError" "RP002" "none"
                    @ pgSessionShutdown "ServerError" "RP002"
                  repeat: ./pgreel scenarios wrong --run --chunkings whole
                """);
    }

    @Test
    void aWrongToldLineIsReportedByItsNumber() {
        Verdict.Failed failed = failure("""
                use startup
                B AuthenticationOk
                B ReadyForQuery I
                @ pgTransactionStatus T
                F end
                """, "whole");

        assertThat(failed.problem()).isEqualTo("line 4: our client was never told \"@ pgTransactionStatus T\"");
    }

    @Test
    void aCallbackBetweenTwoThatAreNamedMayNotBeLeftOut() {
        Verdict.Failed failed = failure("""
                use startup
                B AuthenticationOk
                B ReadyForQuery I
                F end
                @ pgSessionConnected
                @ pgTransactionStatus I
                """, "whole");

        assertThat(failed.problem())
                .isEqualTo("line 6: our client was told \"@ pgSessionAuthenticated\","
                        + " expected \"@ pgTransactionStatus I\"");
    }

    @Test
    void anOutcomeThatTheScenarioDoesNotAllowIsReported() {
        Verdict.Failed failed = failure("""
                use startup
                B ErrorResponse FATAL 53300 "sorry, too many clients already"
                B close
                F end
                """, "whole");

        assertThat(failed.problem())
                .startsWith("our client's outcome is clean-error, refused, which is none of answered");
    }

    @Test
    void aScenarioThatAsksForWhatOurClientHasNotWaits() {
        try (var sockets = new SocketRuns()) {
            Scenario scenario = scenario("use login\n> cancel\nF end\n");

            assertThat(new ScenarioRun(scenario, new Coverage(), sockets).run(List.of("whole")))
                    .satisfiesAnyOf(
                            verdict -> assertThat(verdict.sentence()).isEqualTo("wrong waits for our client's cancel"),
                            verdict -> assertThat(verdict).isNotInstanceOf(Verdict.Waiting.class));
        }
    }

    /** The best of several runs counts, since a machine that does something else is not what is measured. */
    @Test
    void aMismatchOverTcpFailsTheRunWithinATenthOfASecond() {
        Duration best = Duration.ofHours(1);
        try (var sockets = new SocketRuns()) {
            var run = new ScenarioRun(scenario(ANOTHER_STATEMENT), new Coverage(), sockets);
            for (int i = 0; i < 20; i++) {
                long began = System.nanoTime();
                Verdict verdict = run.run(List.of("tcp:whole"));
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                assertThat(verdict).isInstanceOf(Verdict.Failed.class);
                best = took.compareTo(best) < 0 ? took : best;
            }
        }
        assertThat(best).as("from connecting to the report").isLessThan(Duration.ofMillis(100));
    }
}
