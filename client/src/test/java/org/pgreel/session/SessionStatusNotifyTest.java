package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.key;
import static org.pgreel.session.Messages.loggedIn;
import static org.pgreel.session.Messages.notice;
import static org.pgreel.session.Messages.notification;
import static org.pgreel.session.Messages.parameter;
import static org.pgreel.session.Messages.row;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationOk;

/** Each rule of the callbacks' contract has its own test. */
class SessionStatusNotifyTest {

    @Test
    void connectedComesBeforeAByteIsSent() {
        SessionRig rig = SessionRig.with(o -> o.sslMode(SslMode.REQUIRE));
        rig.reacting(event -> assertThat(rig.effects.asked).containsExactly("connect db.example:5432"));

        rig.connected();

        assertThat(rig.heard).containsExactly("pgSessionConnected");
        assertThat(rig.effects.sentNames()).containsExactly("SSLRequest");
    }

    @Test
    void aLoginIsToldInWireOrder() {
        SessionRig rig = SessionRig.plain().connected();

        rig.receive(notice()).receive(loggedIn());

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgNotice NOTICE 00000",
                        "pgSessionAuthenticated",
                        "pgParameterStatus client_encoding=UTF8",
                        "pgParameterStatus server_version=18.0",
                        "pgTransactionStatus I");
        assertThat(rig.session.ready()).isCompletedWithValue(rig.session);
        assertThat(rig.session.processId()).contains(12345);
        assertThat(rig.session.parameters()).containsEntry("server_version", "18.0");
    }

    @Test
    void connectionFailedIsFollowedAtOnceByShutdownAndNothingElse() {
        SessionRig rig = SessionRig.plain().connected();
        rig.query("select 1");

        rig.receive(error("FATAL", "28P01"), notice(), new AuthenticationOk());
        rig.receive(loggedIn());
        rig.core.endOfStream();
        rig.core.elapsed(Timer.CONNECT);

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "select 1: InvalidPassword",
                        "pgSessionConnectionFailed InvalidPassword",
                        "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void anErrorBehindAuthenticationOkIsStillAFailureToConnect() {
        SessionRig rig = SessionRig.plain().connected();

        rig.receive(new AuthenticationOk(), parameter("TimeZone", "UTC"), error("FATAL", "3D000"));

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionAuthenticated",
                        "pgParameterStatus TimeZone=UTC",
                        "pgSessionConnectionFailed InvalidDatabaseName",
                        "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void theEndOfTheStreamBehindAuthenticationOkIsStillAFailureToConnect() {
        SessionRig rig = SessionRig.plain().connected().receive(new AuthenticationOk(), key());

        rig.core.endOfStream();

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionAuthenticated",
                        "pgSessionConnectionFailed ConnectionClosedByServer",
                        "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void theStatusIsToldAtEveryLegalReadyForQuery() {
        SessionRig rig = SessionRig.plain().ready().query("begin", "select 1", "rollback");

        rig.receive(done("BEGIN"), IN_BLOCK)
                .receive(error("ERROR", "42P01"), Messages.FAILED)
                .receive(done("ROLLBACK"), IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "begin succeeded",
                        "pgTransactionStatus T",
                        "select 1: ServerError",
                        "pgTransactionStatus E",
                        "rollback succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void asynchronousMessagesKeepTheirPlaceInsideAResult() {
        SessionRig rig = SessionRig.plain().ready().query("select n");

        rig.receive(
                notice(),
                columns("n"),
                notification(),
                row("1"),
                parameter("application_name", "app"),
                row("2"),
                notice(),
                done("SELECT 2"),
                notification(),
                IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "pgNotice NOTICE 00000",
                        "pgNotification 42 test_ch hello",
                        "pgParameterStatus application_name=app",
                        "pgNotice NOTICE 00000",
                        "pgNotification 42 test_ch hello",
                        "select n succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void asynchronousMessagesAreToldWhileTheSessionIsIdle() {
        SessionRig rig = SessionRig.plain().ready();

        rig.receive(notification(), notice(), parameter("some.future_parameter", "x"));

        assertThat(rig.heard)
                .containsExactly(
                        "pgNotification 42 test_ch hello",
                        "pgNotice NOTICE 00000",
                        "pgParameterStatus some.future_parameter=x");
        assertThat(rig.session.query("select 1")).isNotDone();
    }

    @Test
    void shutdownComesOnceAndLast() {
        SessionRig rig = SessionRig.plain().ready().query("select 1");

        rig.core.endOfStream();
        rig.core.reset(new java.io.IOException("late"));
        rig.session.close();
        rig.core.elapsed(Timer.END_OF_STREAM);
        rig.receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "select 1: ConnectionLost may-have-executed may-have-committed",
                        "pgSessionShutdown ConnectionLost");
        assertThat(rig.session.ended()).isCompletedWithValue(new ShutdownReason.ConnectionLost(null));
    }

    @Test
    void whatACallbackThrowsIsReportedAndChangesNothing() {
        SessionRig rig = SessionRig.plain();
        rig.reacting(event -> {
            if (event.startsWith("pg")) {
                throw new IllegalStateException("from " + event);
            }
        });

        rig.connected().receive(loggedIn()).query("select 1").receive(answer("1"));
        rig.session.close();

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionAuthenticated",
                        "pgParameterStatus client_encoding=UTF8",
                        "pgParameterStatus server_version=18.0",
                        "pgTransactionStatus I",
                        "select 1 succeeded",
                        "pgTransactionStatus I",
                        "pgSessionShutdown SessionClosed");
        assertThat(rig.effects.asked)
                .contains(
                        "callbackFailed pgSessionConnected IllegalStateException",
                        "callbackFailed pgTransactionStatus IllegalStateException",
                        "callbackFailed pgSessionShutdown IllegalStateException");
    }

    @Test
    void aCallbackThatRecursesWithoutEndChangesNothing() {
        SessionRig rig = SessionRig.plain();
        rig.reacting(event -> {
            if (event.startsWith("pg")) {
                throw new StackOverflowError("from " + event);
            }
        });

        rig.connected().receive(loggedIn()).query("select 1").receive(answer("1"));
        rig.session.close();

        assertThat(rig.heard)
                .endsWith("select 1 succeeded", "pgTransactionStatus I", "pgSessionShutdown SessionClosed");
        assertThat(rig.effects.asked).contains("callbackFailed pgSessionAuthenticated StackOverflowError");
        assertThat(rig.session.ended()).isCompleted();
    }

    @Test
    void anErrorOfTheMachineDoesNotKeepTheEndFromAnyone() {
        SessionRig rig = SessionRig.plain().connected().query("select 1");
        rig.reacting(event -> {
            throw new OutOfMemoryError("from " + event);
        });

        assertThatThrownBy(() -> rig.core.endOfStream()).isInstanceOf(OutOfMemoryError.class);

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "select 1: ConnectionClosedByServer",
                        "pgSessionConnectionFailed ConnectionClosedByServer",
                        "pgSessionShutdown ConnectionFailed");
        assertThat(rig.session.ready()).isCompletedExceptionally();
        assertThat(rig.session.ended()).isCompleted();
    }

    @Test
    void theSessionMayBeUsedFromACallback() {
        SessionRig rig = SessionRig.plain();
        rig.reacting(heard -> {
            if (heard.equals("pgSessionAuthenticated")) {
                rig.query("select 1");
            }
        });

        rig.connected().receive(loggedIn());
        rig.receive(answer("1"));

        assertThat(rig.heard).endsWith("pgTransactionStatus I", "select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void oneReadyForQueryTooManyClosesTheSession() {
        SessionRig rig = SessionRig.plain().ready().query("select 1", "select 2");

        rig.receive(columns("n"), row("1"), done("SELECT 1"), IDLE, IDLE);

        assertThat(rig.heard)
                .startsWith("select 1 succeeded", "pgTransactionStatus I")
                .endsWith("pgSessionShutdown ProtocolViolation")
                .doesNotContain("select 2 succeeded");
    }

    @Test
    void anErrorWhileIdleIsTheReasonOfTheShutdown() {
        SessionRig rig = SessionRig.plain().ready();

        rig.receive(error("FATAL", "57P01"));
        rig.query("select 1");
        assertThat(rig.effects.armed).containsEntry(Timer.END_OF_STREAM, Duration.ofSeconds(1));
        rig.core.endOfStream();

        assertThat(rig.heard).containsExactly("select 1: ConnectionLost", "pgSessionShutdown ServerError");
        assertThat(rig.effects.sentNames()).isEmpty();
        assertThat(rig.session.shutdownReason())
                .hasValueSatisfying(reason -> assertThat(reason.sentence()).contains("57P01"));
    }

    @Test
    void anErrorWhileIdleEndsTheSessionWhateverItsSeverityEvenIfTheSocketStaysOpen() {
        SessionRig rig = SessionRig.plain().ready();

        rig.receive(error("ERROR", "XX000"));
        rig.core.elapsed(Timer.END_OF_STREAM);

        assertThat(rig.heard).containsExactly("pgSessionShutdown ServerError");
        assertThat(rig.effects.asked).endsWith("close");
    }

    @Test
    void anEncodingOtherThanUtf8EndsTheSession() {
        SessionRig later = SessionRig.plain().ready().query("set client_encoding to latin1");
        later.receive(parameter("client_encoding", "LATIN1"), done("SET"), IDLE);
        SessionRig atStartUp = SessionRig.plain().connected();
        atStartUp.receive(new AuthenticationOk(), parameter("client_encoding", "SQL_ASCII"));

        assertThat(later.heard)
                .containsExactly(
                        "pgParameterStatus client_encoding=LATIN1",
                        "set client_encoding to latin1: SessionClosed may-have-executed may-have-committed",
                        "pgSessionShutdown ClientEncodingChanged");
        assertThat(atStartUp.heard)
                .endsWith("pgSessionConnectionFailed ProtocolViolation", "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void everyFailureToConnectIsAlsoTheReasonThatReadyGives() {
        SessionRig rig = SessionRig.plain();
        rig.core.start();
        rig.core.connectFailed(ConnectFailure.DNS, null);

        assertThat(rig.session.ready())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ConnectFailedException.class)
                .withMessageContaining("db.example");
    }
}
