package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.parameter;
import static org.pgreel.session.Messages.scramOffered;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ConnectionAttempt;
import org.pgreel.client.LoadBalanceHosts;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.TargetSessionAttrs;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Values;

/** Several servers: which failures lead to the next one, and what the application hears of those before. */
class AttemptsTest {

    private static final BackendMessage[] READY = {new AuthenticationOk(), IDLE};

    private static SessionRig hosts(String names, UnaryOperator<ConnectOptionsBuilder> more) {
        List<ServerAddress> servers = Stream.of(names.split(","))
                .map(name -> (ServerAddress) new ServerAddress.Tcp(name, 5432))
                .toList();
        SessionRig rig = SessionRig.with(options -> more.apply(options.addresses(servers)));
        rig.core.start();
        return rig;
    }

    private static SessionRig hosts(String names) {
        return hosts(names, options -> options);
    }

    private static List<String> connects(SessionRig rig) {
        return rig.effects.asked.stream()
                .filter(line -> line.startsWith("connect "))
                .map(line -> line.substring("connect ".length()).replace(":5432", ""))
                .toList();
    }

    private static List<String> attempts(SessionRig rig) {
        return rig.session.attempts().stream()
                .map(attempt -> ((ServerAddress.Tcp) attempt.server()).host() + " "
                        + attempt.reason().name())
                .toList();
    }

    private static void connect(SessionRig rig, BackendMessage... messages) {
        rig.core.connected();
        rig.receive(messages);
    }

    @Test
    void aServerThatCannotBeHadLeadsToTheNext() {
        SessionRig rig = hosts("a,b,c,d,e");
        rig.core.connectFailed(ConnectFailure.DNS, null);
        rig.core.connectFailed(ConnectFailure.TCP, null);
        connect(rig, error("FATAL", "57P03"));
        rig.core.connected();
        rig.core.endOfStream();
        connect(rig, READY);

        assertThat(connects(rig)).containsExactly("a", "b", "c", "d", "e");
        assertThat(attempts(rig))
                .containsExactly(
                        "a ConnectionFailedDns",
                        "b ConnectionFailedTcp",
                        "c ServerRejected",
                        "d ConnectionClosedByServer");
        assertThat(rig.heard).containsExactly("pgSessionConnected", "pgSessionAuthenticated", "pgTransactionStatus I");
        assertThat(rig.effects.armed).doesNotContainKeys(Timer.CONNECT, Timer.ATTEMPT);
    }

    @Test
    void whatAnAttemptThatWasGivenUpReportedIsNeverHeard() {
        SessionRig rig = hosts("a,b");
        connect(rig, new AuthenticationOk(), parameter("server_version", "1"), Messages.notice());
        rig.core.reset(new IOException("reset"));

        assertThat(rig.heard).containsExactly("pgSessionConnected");
        assertThat(rig.session.parameters()).isEmpty();
        connect(rig, new AuthenticationOk(), parameter("server_version", "2"), IDLE);
        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionAuthenticated",
                        "pgParameterStatus server_version=2",
                        "pgTransactionStatus I");
        assertThat(rig.session.parameters()).containsEntry("server_version", "2");
    }

    @ParameterizedTest
    @CsvSource({"28P01, InvalidPassword", "53300, TooManyConnections", "3D000, InvalidDatabaseName"})
    void aRefusalIsFinal(String sqlState, String name) {
        SessionRig rig = hosts("a,b");
        connect(rig, error("FATAL", sqlState));

        assertThat(connects(rig)).containsExactly("a");
        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionConnectionFailed " + name,
                        "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void aBrokenProtocolIsFinal() {
        SessionRig rig = hosts("a,b");
        connect(rig, IDLE);

        assertThat(connects(rig)).containsExactly("a");
        assertThat(rig.heard).contains("pgSessionConnectionFailed ProtocolViolation");
    }

    @Test
    void theLastReasonIsTold() {
        SessionRig rig = hosts("a,b");
        rig.core.connectFailed(ConnectFailure.TCP, null);
        rig.core.connectFailed(ConnectFailure.DNS, null);

        assertThat(rig.heard)
                .containsExactly("pgSessionConnectionFailed ConnectionFailedDns", "pgSessionShutdown ConnectionFailed");
        assertThat(attempts(rig)).containsExactly("a ConnectionFailedTcp", "b ConnectionFailedDns");
        assertThat(rig.session.attempts())
                .extracting(ConnectionAttempt::toString)
                .last()
                .asString()
                .contains("b:5432: ");
    }

    @Test
    void eachServerHasItsShareOfTheTime() {
        SessionRig rig = hosts("a,b", options -> options.connectTimeout(Duration.ofSeconds(8)));
        assertThat(rig.effects.armed).containsEntry(Timer.ATTEMPT, Duration.ofSeconds(4));
        rig.core.connected();
        rig.core.elapsed(Timer.ATTEMPT);

        assertThat(attempts(rig)).containsExactly("a ConnectionFailedTimeout");
        assertThat(rig.effects.armed)
                .doesNotContainKey(Timer.ATTEMPT)
                .containsEntry(Timer.CONNECT, Duration.ofSeconds(8));
        rig.core.elapsed(Timer.CONNECT);
        assertThat(rig.heard).contains("pgSessionConnectionFailed ConnectionFailedTimeout");
    }

    @Test
    void theWholeTimeIsFinal() {
        SessionRig rig = hosts("a,b");
        rig.core.elapsed(Timer.CONNECT);

        assertThat(connects(rig)).containsExactly("a");
        assertThat(rig.heard).contains("pgSessionShutdown ConnectionFailed");
    }

    @Test
    void closeWhileOneIsTriedIsTheEnd() {
        SessionRig rig = hosts("a,b");
        rig.core.connectFailed(ConnectFailure.TCP, null);
        rig.session.close();

        assertThat(connects(rig)).containsExactly("a", "b");
        assertThat(rig.heard).containsExactly("pgSessionShutdown SessionClosed");
    }

    @Test
    void theOrderIsMixedByTheRandomnessThatIsGiven() {
        // The rig's randomness always gives the greatest number, with which nothing moves.
        assertThat(connects(hosts("a,b,c", options -> options.loadBalanceHosts(LoadBalanceHosts.RANDOM))))
                .containsExactly("a");
    }

    @Test
    void inputsOfAConnectionThatWasGivenUpAreNotTheNextOnes() {
        SessionRig rig = hosts("a,b");
        rig.core.connected();
        rig.reacting(event -> {});
        rig.core.endOfStream();
        rig.effects.asked.clear();
        connect(rig, READY);

        assertThat(rig.heard).endsWith("pgTransactionStatus I");
    }

    @Test
    void aKeyThatWasAskedForIsWaitedForBeforeTheNextServerIsTried() {
        SessionRig rig = hosts("a,b");
        rig.effects.holdKeys = true;
        connect(rig, scramOffered());
        rig.receive(Messages.ScramServer.unbound((org.pgreel.protocol.message.SASLInitialResponse)
                        rig.effects.sent.get(rig.effects.sent.size() - 1))
                .challenge());
        rig.core.endOfStream();
        assertThat(connects(rig)).containsExactly("a");

        rig.core.keyDerived(Objects.requireNonNull(rig.effects.heldKey));
        assertThat(connects(rig)).containsExactly("a", "b");
        connect(rig, READY);
        assertThat(rig.heard).endsWith("pgTransactionStatus I");
    }

    @ParameterizedTest
    @CsvSource({
        "ANY, on, on, true",
        "READ_WRITE, off, off, true",
        "READ_WRITE, on, on, false",
        "READ_WRITE, off, on, false",
        "READ_ONLY, off, off, false",
        "READ_ONLY, off, on, true",
        "READ_ONLY, on, off, true",
        "PRIMARY, off, on, true",
        "PRIMARY, on, off, false",
        "STANDBY, on, off, true",
        "STANDBY, off, off, false"
    })
    void theKindIsKnownByWhatTheServerReports(TargetSessionAttrs target, String standby, String readOnly, boolean met) {
        SessionRig rig = hosts("a,b", options -> options.targetSessionAttrs(target));
        connect(
                rig,
                new AuthenticationOk(),
                parameter("in_hot_standby", standby),
                parameter("default_transaction_read_only", readOnly),
                IDLE);

        assertThat(connects(rig)).isEqualTo(met ? List.of("a") : List.of("a", "b"));
        assertThat(rig.effects.sentNames()).doesNotContain("Query");
        if (!met) {
            assertThat(attempts(rig)).containsExactly("a TargetSessionAttrsNotMet");
            assertThat(rig.effects.sentNames()).endsWith("Terminate");
            assertThat(rig.heard).containsExactly("pgSessionConnected");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "READ_WRITE, SHOW transaction_read_only, off, true",
        "READ_WRITE, SHOW transaction_read_only, on, false",
        "READ_ONLY, SHOW transaction_read_only, on, true",
        "PRIMARY, SELECT pg_catalog.pg_is_in_recovery(), f, true",
        "STANDBY, SELECT pg_catalog.pg_is_in_recovery(), f, false",
        "PREFER_STANDBY, SELECT pg_catalog.pg_is_in_recovery(), t, true"
    })
    void anOldServerIsAsked(TargetSessionAttrs target, String question, String answer, boolean met) {
        SessionRig rig = hosts("a,b", options -> options.targetSessionAttrs(target));
        rig.query("SELECT 1");
        connect(rig, READY);
        assertThat(rig.effects.sent).last().hasToString("Query[sql=" + question + "]");
        rig.receive(Messages.columns("x"), new DataRow(Values.ofText(answer)), Messages.done("SELECT 1"), IDLE);

        assertThat(connects(rig)).isEqualTo(met ? List.of("a") : List.of("a", "b"));
        if (met) {
            assertThat(rig.heard)
                    .containsExactly(
                            "pgSessionConnected",
                            "pgSessionAuthenticated",
                            "pgTransactionStatus I",
                            "pgTransactionStatus I");
            assertThat(rig.effects.sentNames()).endsWith("Query", "Query");
        }
    }

    @Test
    void aStandbyIsPreferredAndAnyOtherTakenTheSecondTime() {
        SessionRig rig = hosts("a,b,c", options -> options.targetSessionAttrs(TargetSessionAttrs.PREFER_STANDBY));
        BackendMessage[] primary = {new AuthenticationOk(), parameter("in_hot_standby", "off"), IDLE};
        connect(rig, primary);
        rig.core.connectFailed(ConnectFailure.TCP, null);
        connect(rig, primary);
        connect(rig, primary);

        assertThat(connects(rig)).containsExactly("a", "b", "c", "a");
        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionAuthenticated",
                        "pgParameterStatus in_hot_standby=off",
                        "pgTransactionStatus I");
    }

    @Test
    void anOnlyServerOfTheWrongKindFailsTheSession() {
        SessionRig rig = hosts("a", options -> options.targetSessionAttrs(TargetSessionAttrs.STANDBY));
        connect(rig, new AuthenticationOk(), parameter("in_hot_standby", "off"), IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionConnectionFailed TargetSessionAttrsNotMet",
                        "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void aQuestionThatIsNotAnsweredIsAViolation() {
        SessionRig rig = hosts("a,b", options -> options.targetSessionAttrs(TargetSessionAttrs.PRIMARY));
        connect(rig, READY);
        rig.receive(Messages.columns("x"), Messages.done("SELECT 0"), IDLE);

        assertThat(rig.heard).contains("pgSessionConnectionFailed ProtocolViolation");
    }

    @Test
    void anAddressThatFailedIsAnAttempt() {
        SessionRig rig = hosts("a");
        rig.core.addressFailed("10.0.0.1", new IOException("refused"));
        connect(rig, READY);

        assertThat(rig.session.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(((ServerAddress.Tcp) attempt.server()).hostAddress())
                        .isEqualTo("10.0.0.1"));
    }
}
