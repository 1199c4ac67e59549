package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.source.Ending;

/** Each client gets the next recorded connection that is its own, and there is a policy for who gets none. */
final class PickingTest {
    private final TestRecording recording = new TestRecording();

    private ReplayEngine engine(ReplaySettings settings) {
        return new ReplayEngine(recording.playable(), settings, new SeededEntropy());
    }

    private void record(String user, String sql) {
        recording.connection(user, 7).sends(new Query(sql)).answers(row(sql)).sends(new Terminate());
    }

    private static boolean plays(TestClient client, String sql) {
        client.take();
        return client.send(new Query(sql)).takeNames().contains("DataRow");
    }

    @Test
    void aClientGetsTheNextConnectionWithItsParameters() {
        record("alice", "1");
        record("bob", "2");
        record("alice", "3");
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);

        assertThat(plays(TestClient.loggedIn(engine, user("bob")), "2")).isTrue();
        assertThat(plays(TestClient.loggedIn(engine, user("alice")), "1")).isTrue();
        assertThat(plays(TestClient.loggedIn(engine, user("alice")), "3")).isTrue();
    }

    @Test
    void theNameOfTheProgramDecidesNothing() {
        recording
                .connection(Map.of("user", "alice", "application_name", "then"), 7)
                .sends(new Query("1"))
                .answers(row("1"));
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);

        assertThat(plays(TestClient.loggedIn(engine, Map.of("user", "alice", "application_name", "now")), "1"))
                .isTrue();
    }

    @Test
    void aSurplusClientIsGreetedAndToldAtItsFirstStatement() {
        record("alice", "1");
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);
        TestClient.loggedIn(engine, user("alice"));

        var surplus = TestClient.loggedIn(engine, user("alice"));
        assertThat(surplus.takeNames()).startsWith("AuthenticationOk").endsWith("ReadyForQuery");
        ErrorResponse error = surplus.send(new Query("1")).takeError();

        assertThat(error.sqlState()).isEqualTo("RP002");
        assertThat(error.message())
                .isEqualTo("no recorded connection is left for user \"alice\", database \"alice\":"
                        + " the only one was given out before; got Query \"1\"");
        assertThat(engine.report().count(ConnectionOutcome.DEPARTED)).isEqualTo(1);
    }

    @Test
    void aSurplusClientThatAsksNothingIsCounted() {
        record("alice", "1");
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);
        TestClient.loggedIn(engine, user("alice")).send(new Query("1"), new Terminate());

        TestClient.loggedIn(engine, user("alice")).send(new Terminate());

        assertThat(engine.report().count(ConnectionOutcome.SURPLUS)).isEqualTo(1);
        assertThat(engine.report().passed()).isFalse();
    }

    @Test
    void otherParametersAreNamed() {
        record("alice", "1");
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);

        var client = TestClient.loggedIn(engine, Map.of("user", "alice", "database", "other"));
        client.take();

        assertThat(client.send(new Query("1")).takeError().message())
                .contains("database is \"other\", in recorded connection #1 \"alice\"");
    }

    @Test
    void thePolicyMayRefuseAsAFullServer() {
        record("alice", "1");
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS.withSurplus(SurplusPolicy.REFUSE_53300));
        TestClient.loggedIn(engine, user("alice"));

        ErrorResponse error = TestClient.loggedIn(engine, user("alice")).takeError();

        assertThat(error.sqlState()).isEqualTo("53300");
        assertThat(error.message()).isEqualTo("sorry, too many clients already");
    }

    @Test
    void thePolicyMayFail() {
        record("alice", "1");
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS.withSurplus(SurplusPolicy.FAIL));
        TestClient.loggedIn(engine, user("alice"));

        assertThat(TestClient.loggedIn(engine, user("alice")).takeError().sqlState())
                .isEqualTo("RP002");
    }

    @Test
    void aConnectionThatNeverGotReadyIsPlayedOnlyWhenAskedFor() {
        recordFailure();
        record("alice", "1");

        assertThat(plays(TestClient.loggedIn(engine(ReplaySettings.DEFAULTS), user("alice")), "1"))
                .isTrue();
        var client = TestClient.loggedIn(engine(ReplaySettings.DEFAULTS.withIncludeFailed(true)), user("alice"));
        assertThat(client.takeError().sqlState()).isEqualTo("3D000");
        assertThat(client.effects.closed).isTrue();
    }

    private void recordFailure() {
        recording
                .raw()
                .sends(StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "alice", "database", "alice")))
                .answers(
                        new org.pgreel.protocol.message.AuthenticationOk(),
                        ErrorResponse.of("FATAL", "3D000", "database \"alice\" does not exist"))
                .ends(Ending.Kind.SERVER_CLOSED);
    }

    @Test
    void aRecordingOfFailuresAloneIsRefused() {
        recordFailure();

        assertThatThrownBy(() -> engine(ReplaySettings.DEFAULTS))
                .hasMessage("No recorded connection reached ReadyForQuery; include those that failed to play them.");
    }
}
