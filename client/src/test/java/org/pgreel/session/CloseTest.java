package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.loggedIn;
import static org.pgreel.session.Messages.notice;
import static org.pgreel.session.Messages.notification;

import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;

/** Closing a session: at any time, from anywhere, more than once; and using it afterwards. */
class CloseTest {

    @Test
    void closeBeforeReadyIsToldByShutdownAlone() {
        SessionRig beforeTcp = SessionRig.plain();
        beforeTcp.core.start();
        beforeTcp.session.close();
        beforeTcp.core.connected();
        SessionRig inLogin = SessionRig.plain().connected();
        inLogin.session.close();

        assertThat(beforeTcp.heard).containsExactly("pgSessionShutdown SessionClosed");
        assertThat(beforeTcp.effects.asked).containsExactly("connect db.example:5432", "abort");
        assertThat(inLogin.heard).containsExactly("pgSessionConnected", "pgSessionShutdown SessionClosed");
        assertThat(inLogin.effects.sentNames()).containsExactly("StartupMessage", "Terminate");
        assertThat(inLogin.session.ready()).isCompletedExceptionally();
    }

    @Test
    void closeDuringTlsIsToldByShutdownAloneAndOnce() {
        SessionRig rig = SessionRig.with(o -> o.sslMode(SslMode.REQUIRE)).connected();
        rig.receive(new byte[] {'S'});

        rig.session.close();
        rig.core.tlsFailed(TlsFailure.HANDSHAKE, null);

        assertThat(rig.heard).containsExactly("pgSessionConnected", "pgSessionShutdown SessionClosed");
        assertThat(rig.effects.sentNames()).containsExactly("SSLRequest");
    }

    @Test
    void closeSendsTerminateFailsWhatIsNotDoneAndMayBeCalledTwice() {
        SessionRig rig = SessionRig.plain().ready().query("select 1", "select 2");

        rig.session.close();
        rig.session.close();

        assertThat(rig.heard)
                .containsExactly(
                        "select 1: SessionClosed may-have-executed may-have-committed",
                        "select 2: SessionClosed",
                        "pgSessionShutdown SessionClosed");
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Terminate");
        assertThat(rig.effects.asked).endsWith("close");
    }

    @Test
    void closeFromAnyCallbackEndsTheSessionBeforeTheNext() {
        for (String event : new String[] {
            "pgSessionConnected", "pgSessionAuthenticated", "pgTransactionStatus I", "pgNotice NOTICE 00000"
        }) {
            SessionRig rig = SessionRig.plain();
            rig.reacting(heard -> {
                if (heard.equals(event)) {
                    rig.session.close();
                }
            });

            rig.connected().receive(notice()).receive(loggedIn()).receive(notification());

            assertThat(rig.heard).as(event).endsWith(event, "pgSessionShutdown SessionClosed");
            assertThat(rig.heard).as(event).doesNotContain("pgNotification 42 test_ch hello");
        }
    }

    @Test
    void closeFromTheLastCallbacksIsHarmless() {
        SessionRig rig = SessionRig.plain();
        rig.reacting(heard -> rig.session.close());

        rig.core.start();
        rig.core.connectFailed(ConnectFailure.TCP, null);

        assertThat(rig.heard)
                .containsExactly("pgSessionConnectionFailed ConnectionFailedTcp", "pgSessionShutdown ConnectionFailed");
    }

    @Test
    void anOperationSubmittedAfterTheEndFailsAtOnce() {
        SessionRig rig = SessionRig.plain();
        rig.reacting(heard -> {
            if (heard.startsWith("pgSessionShutdown") || heard.startsWith("pgSessionConnectionFailed")) {
                rig.query("select 1");
            }
        });

        rig.connected().receive(error("FATAL", "53300"));

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionConnectionFailed TooManyConnections",
                        "select 1: TooManyConnections",
                        "pgSessionShutdown ConnectionFailed",
                        "select 1: TooManyConnections");
    }

    @Test
    void aCallFromAnotherThreadIsTakenToTheOwner() {
        SessionRig rig = SessionRig.plain().ready();
        rig.effects.owned = false;

        rig.query("select 1");
        rig.session.close();
        assertThat(rig.effects.sentNames()).isEmpty();
        rig.effects.queued.forEach(Runnable::run);

        assertThat(rig.effects.sentNames()).containsExactly("Query", "Terminate");
    }
}
