package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationOk;

/** Each way in which a session can fail, at each stage of its way to ready and behind it. */
class FailureAtEachStageTest {

    /** What goes wrong. */
    private enum Failure {
        END_OF_STREAM,
        RESET,
        CONNECT_TIMEOUT,
        TIMER_FAILED,
        JUNK,
        CLOSE;

        void happensTo(ClientSession core) {
            switch (this) {
                case END_OF_STREAM -> core.endOfStream();
                case RESET -> core.reset(new IOException("Connection reset"));
                case CONNECT_TIMEOUT -> core.elapsed(Timer.CONNECT);
                case TIMER_FAILED -> core.timerFailed(Timer.CONNECT, new IllegalStateException("loop is shut down"));
                case JUNK -> core.received(new byte[] {1, 0, 0, 0, 4}, 0, 5);
                case CLOSE -> core.close();
            }
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                        // stage, end of stream or reset, connect timeout, timer failed, junk
                        row(Stage.AWAITING_SSL_RESPONSE, "ConnectionClosedByServer", "ProtocolViolation"),
                        row(Stage.IN_TLS_HANDSHAKE, "TlsHandshakeFailed", "TlsHandshakeFailed"),
                        row(Stage.AUTHENTICATING, "ConnectionClosedByServer", "ProtocolViolation"),
                        row(Stage.STARTING_UP, "ConnectionClosedByServer", "ProtocolViolation"))
                .flatMap(List::stream);
    }

    private static List<Arguments> row(Stage stage, String ended, String junk) {
        List<Arguments> row = new ArrayList<>();
        row.add(arguments(stage, Failure.END_OF_STREAM, ended));
        row.add(arguments(stage, Failure.RESET, ended));
        row.add(arguments(stage, Failure.CONNECT_TIMEOUT, "ConnectionFailedTimeout"));
        row.add(arguments(stage, Failure.TIMER_FAILED, "ConnectionFailedTimerError"));
        row.add(arguments(stage, Failure.JUNK, junk));
        return row;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureBeforeReadyHasItsReasonAndIsFollowedByShutdown(Stage stage, Failure failure, String reason) {
        SessionRig rig = at(stage);
        rig.query("select 1");
        int before = rig.heard.size();

        failure.happensTo(rig.core);

        assertThat(rig.heard.subList(before, rig.heard.size()))
                .containsExactly(
                        "select 1: " + reason,
                        "pgSessionConnectionFailed " + reason,
                        "pgSessionShutdown ConnectionFailed");
        assertThat(rig.effects.armed).isEmpty();
        assertDeaf(rig);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void closeAtAnyStageIsToldByShutdownAlone(Stage stage) {
        SessionRig rig = at(stage);
        int before = rig.heard.size();

        Failure.CLOSE.happensTo(rig.core);

        assertThat(rig.heard.subList(before, rig.heard.size())).containsExactly("pgSessionShutdown SessionClosed");
        assertThat(rig.effects.armed).isEmpty();
        assertDeaf(rig);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void terminateIsSentOnlyToAServerThatKnowsOfASession(Stage stage) {
        SessionRig rig = at(stage);

        rig.session.close();

        boolean known = stage.compareTo(Stage.AUTHENTICATING) >= 0;
        assertThat(rig.effects.sentNames().contains("Terminate")).isEqualTo(known);
    }

    static Stream<Stage> stages() {
        return Stream.of(Stage.values());
    }

    /** Nothing that happens after the end has any effect. */
    private static void assertDeaf(SessionRig rig) {
        List<String> heard = List.copyOf(rig.heard);
        List<String> asked = List.copyOf(rig.effects.asked);
        for (Failure late : Failure.values()) {
            late.happensTo(rig.core);
        }
        rig.core.connected();
        rig.core.tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", null));
        rig.core.tlsFailed(TlsFailure.CERTIFICATE, null);
        rig.core.keyDerived(new byte[32]);
        rig.core.writable();
        assertThat(rig.heard).isEqualTo(heard);
        assertThat(rig.effects.asked).isEqualTo(asked);
    }

    private static SessionRig at(Stage stage) {
        boolean tls = stage == Stage.AWAITING_SSL_RESPONSE || stage == Stage.IN_TLS_HANDSHAKE;
        SessionRig rig = SessionRig.with(o -> o.sslMode(tls ? SslMode.REQUIRE : SslMode.DISABLE));
        rig.core.start();
        if (stage != Stage.CONNECTING) {
            rig.core.connected();
        }
        if (stage == Stage.IN_TLS_HANDSHAKE) {
            rig.core.received(new byte[] {'S'}, 0, 1);
        }
        if (stage.compareTo(Stage.STARTING_UP) >= 0) {
            rig.receive(new AuthenticationOk());
        }
        if (stage == Stage.READY) {
            rig.receive(Messages.IDLE);
        }
        return rig;
    }
}
