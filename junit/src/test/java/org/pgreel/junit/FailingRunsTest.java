package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.pgreel.PgClient;

/** A test fails when its script was not played, and says why. */
@Timeout(120)
class FailingRunsTest {

    /** The tests that fail, each in its way. */
    static class Failing {
        @Test
        @Script(Database.ONE_ANSWER)
        void asksForSomethingElse(ReplayServer server) throws Exception {
            Database.ask(server.jdbcUrl(), "select 43");
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void swallowsTheDeparture(ReplayServer server) {
            try {
                Database.ask(server.jdbcUrl(), "select 43");
            } catch (SQLException swallowed) {
                assertThat(swallowed.getSQLState()).isEqualTo("RP002");
            }
        }

        @Test
        @Script("use login\nuse housekeeping\nstatement \"select 1\" {\n  B EmptyQueryResponse\n}\n")
        void goesOnBehindTheEnd(ReplayServer server) throws Exception {
            try (var connection = DriverManager.getConnection(server.jdbcUrl());
                    var statement = connection.createStatement()) {
                statement.execute("select 1");
                try {
                    statement.execute("select 2");
                } catch (SQLException swallowed) {
                    assertThat(swallowed.getSQLState()).isEqualTo("RP002");
                }
            }
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void leavesEarly(ReplayServer server) throws Exception {
            DriverManager.getConnection(server.jdbcUrl()).close();
        }

        @Test
        @Script("use login\nuse housekeeping\n! reset @ B DataRow #3\nF end\n")
        void meetsNoFault(ReplayServer server) throws Exception {
            DriverManager.getConnection(server.jdbcUrl()).close();
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void asksNobody(ReplayServer server) {
            assertThat(server.port()).isPositive();
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void forgetsTheServer() {}

        @Test
        @Scenario("scram-forged-signatur")
        void namesNoScenario(ReplayServer server) {
            assertThat(server).isNotNull();
        }

        @Test
        @Script("use login\nB RedyForQuery I\n")
        void hasAnErrorInItsScript(ReplayServer server) {
            assertThat(server).isNotNull();
        }

        @Test
        @Script(Database.ONE_ANSWER)
        @Scenario("scram-forged-signature")
        void hasTwoServers(ReplayServer server) {
            assertThat(server).isNotNull();
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void failsByItself(ReplayServer server) throws Exception {
            assertThat(Database.ask(server.jdbcUrl(), "select 42")).containsExactly("43");
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void failsBeforeItAsks(ReplayServer server) throws Exception {
            try (var connection = DriverManager.getConnection(server.jdbcUrl())) {
                assertThat(connection.isReadOnly()).isTrue();
            }
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void isAborted(ReplayServer server) {
            Assumptions.assumeTrue(server == null);
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void forgetsASession(ReplayServer server) {
            PgClient client = PgClient.create();
            client.connect(server.connectOptions().build()).query("select 42").join();
        }
    }

    private static Event event(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(
                        Failing.class, method, method.equals("forgetsTheServer") ? "" : ReplayServer.class.getName()))
                .configurationParameter("pgreel.seed", "4711")
                .execute()
                .testEvents()
                .stream()
                .filter(event -> event.getPayload(TestExecutionResult.class).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Throwable failure(String method) {
        TestExecutionResult result = event(method).getRequiredPayload(TestExecutionResult.class);
        assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
        return result.getThrowable().orElseThrow();
    }

    @Test
    void aDepartureIsTheFailureAndWhatTheTestMetIsSuppressed() throws Exception {
        Throwable failure = failure("asksForSomethingElse");

        assertThat(failure).isInstanceOf(ReplayError.class);
        assertThat(failure.getMessage())
                .startsWith("connection 1, line 3: expected statement \"select 42\"")
                .contains("F StartupMessage 3.0", "\"select 43\"", "# not awaited")
                .contains(
                        "seed 4711", "target/pgreel/org.pgreel.junit.FailingRunsTest$Failing/asksForSomethingElse.txt")
                .endsWith("again:  mvn test '-Dtest=FailingRunsTest$Failing#asksForSomethingElse' -Dpgreel.seed=4711");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).isInstanceOf(SQLException.class).hasMessageContaining("departed");
        assertThat(failure.getStackTrace())
                .singleElement()
                .hasToString("org.pgreel.junit.FailingRunsTest$Failing.asksForSomethingElse(Unknown Source)");
        assertThat(Files.readString(
                        Path.of("target/pgreel/org.pgreel.junit.FailingRunsTest$Failing/asksForSomethingElse.txt")))
                .contains("F StartupMessage 3.0", "# not awaited");
    }

    /** The client would wait for 30 seconds. */
    @Test
    void aDepartureIsReportedAtOnce() {
        long begun = System.nanoTime();
        failure("asksForSomethingElse");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aSwallowedDepartureFailsTheTest() {
        assertThat(failure("swallowsTheDeparture"))
                .isInstanceOf(ReplayError.class)
                .hasMessageStartingWith("connection 1, line 3: expected statement \"select 42\"");
    }

    @Test
    void whatComesBehindTheScriptsEndIsADeparture() {
        assertThat(failure("goesOnBehindTheEnd"))
                .isInstanceOf(ReplayError.class)
                .hasMessageStartingWith("connection 1: expected nothing more, got");
    }

    @Test
    void aScriptThatWasNotPlayedToItsEndFailsTheTest() {
        assertThat(failure("leavesEarly"))
                .isInstanceOf(ReplayError.class)
                .hasMessageStartingWith("connection * was not played to its end");
    }

    @Test
    void aFaultThatDidNotFireFailsTheTest() {
        assertThat(failure("meetsNoFault"))
                .isInstanceOf(ReplayError.class)
                .hasMessageStartingWith("line 3: the fault never fired: ! reset @ B DataRow #3");
    }

    @Test
    void aTestToWhoseServerNobodyCameFails() {
        assertThat(failure("asksNobody")).hasMessageMatching("(?s)no client came to 127\\.0\\.0\\.1:\\d+\n.*");
        assertThat(failure("forgetsTheServer"))
                .hasMessageStartingWith("no client came: the test never asked where the server is");
    }

    @Test
    void anUnknownScenarioIsAnsweredWithTheNearestOne() {
        assertThat(failure("namesNoScenario"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("@Scenario on Failing.namesNoScenario: \"scram-forged-signatur\" is no scenario of the"
                        + " catalogue; did you mean scram-forged-signature?")
                .hasNoSuppressedExceptions();
    }

    @Test
    void anErrorInAScriptIsToldWithLineAndColumn() {
        assertThat(failure("hasAnErrorInItsScript"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("@Script on Failing.hasAnErrorInItsScript, line 2, column 3: \"RedyForQuery\" is no backend"
                        + " message; did you mean ReadyForQuery?");
    }

    @Test
    void aTestHasOneServer() {
        assertThat(failure("hasTwoServers")).hasMessageContaining("has both @Script and @Scenario");
    }

    @Test
    void aFailureOfTheTestItselfStaysTheFirstAndShowsTheTranscript() {
        Throwable failure = failure("failsByItself");

        assertThat(failure).isNotInstanceOf(ReplayError.class).hasMessageContaining("43");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0])
                .isInstanceOf(ReplayError.class)
                .hasMessageStartingWith("the server's script was played to its end")
                .hasMessageContaining("B DataRow \"42\"");
    }

    @Test
    void aClientThatLeftBecauseTheTestFailedIsNotTheFailure() {
        Throwable failure = failure("failsBeforeItAsks");

        assertThat(failure).isNotInstanceOf(ReplayError.class);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).isInstanceOf(ReplayError.class);
    }

    @Test
    void anAbortedTestIsNotJudged() {
        assertThat(event("isAborted")
                        .getRequiredPayload(TestExecutionResult.class)
                        .getStatus())
                .isEqualTo(TestExecutionResult.Status.ABORTED);
    }

    @Test
    void aSessionOfOurOwnClientThatIsLeftOpenFailsTheTest() {
        assertThat(failure("forgetsASession"))
                .isInstanceOf(ReplayError.class)
                .hasMessageStartingWith("session 1 of PgReel's client was not closed");
    }
}
