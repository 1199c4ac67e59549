package org.pgreel.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgreel.client.LimitExceededException;
import org.pgreel.client.QueryResults;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.wire.WireLimits;

/** What is larger than a limit ends the operation or the session, and never fills the heap. */
class LimitsTest {

    private static final WireLimits SMALL = WireLimits.DEFAULTS.withMessage(1000);

    @Test
    void aRowThatIsTooLargeFailsItsOperationAndTheSessionGoesOn() {
        SessionRig rig = SessionRig.with(o -> o.limits(SMALL)).ready();
        CompletableFuture<QueryResults> result = rig.session.query("select a");

        rig.receive(columns("a"), row("1"), row("x".repeat(5000)), row("2"), done("SELECT 3"), IDLE);

        assertThat(result)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(LimitExceededException.class, e -> {
                    assertThat(e.limit()).isEqualTo("limits.message");
                    assertThat(e.length()).isEqualTo(5006);
                    assertThat(e).hasMessageContaining("limits.message").hasMessageContaining("5006");
                });
        rig.query("select 1").receive(answer("1"));
        assertThat(rig.heard).endsWith("select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void itsBytesMayComeInAnyNumberOfReads() {
        SessionRig rig = SessionRig.with(o -> o.limits(SMALL)).ready().query("select a");
        byte[] bytes = SessionRig.bytesOf(columns("a"), row("x".repeat(5000)), done("SELECT 1"), IDLE);

        for (int from = 0; from < bytes.length; from += 7) {
            rig.receive(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 7)));
        }

        assertThat(rig.heard)
                .containsExactly(
                        "select a: LimitExceeded may-have-executed may-have-committed", "pgTransactionStatus I");
    }

    @Test
    void theServersErrorIsToldRatherThanTheLimit() {
        SessionRig rig = SessionRig.with(o -> o.limits(SMALL)).ready().query("select a");

        rig.receive(columns("a"), row("x".repeat(5000)), error("ERROR", "22012"), IDLE);

        assertThat(rig.heard).containsExactly("select a: ServerError", "pgTransactionStatus I");
    }

    @Test
    void insideABlockALimitLeavesNothingCommitted() {
        SessionRig rig = SessionRig.with(o -> o.limits(SMALL)).ready().query("begin", "select a");

        rig.receive(done("BEGIN"), IN_BLOCK).receive(columns("a"), row("x".repeat(5000)), done("SELECT 1"), IN_BLOCK);

        assertThat(rig.heard).contains("select a: LimitExceeded may-have-executed");
    }

    @Test
    void aRowThatIsTooLargeAndThatNobodyAskedForIsAViolation() {
        SessionRig rig = SessionRig.with(o -> o.limits(SMALL)).ready();

        rig.receive(SessionRig.bytesOf(row("x".repeat(5000))));

        assertThat(rig.heard).containsExactly("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void anyOtherMessageThatIsTooLargeEndsTheSession() {
        SessionRig rig = SessionRig.with(o -> o.limits(SMALL)).ready().query("select a");

        rig.receive(SessionRig.bytesOf(columns("x".repeat(5000))));

        assertThat(rig.heard)
                .containsExactly(
                        "select a: ProtocolViolation may-have-executed may-have-committed",
                        "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void beforeReadyNothingLargeIsRead() {
        SessionRig rig = SessionRig.plain().connected();
        byte[] protocolTwoError = "EFATAL:  no\n\0".getBytes(US_ASCII);
        rig.core.received(protocolTwoError, 0, protocolTwoError.length);
        SessionRig http = SessionRig.plain().connected();
        byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);
        http.core.received(answer, 0, answer.length);
        SessionRig startingUp =
                SessionRig.with(o -> o.limits(SMALL)).connected().receive(new AuthenticationOk());
        startingUp.core.received(SessionRig.bytesOf(columns("x".repeat(5000))), 0, 500);

        for (SessionRig each : new SessionRig[] {rig, http, startingUp}) {
            assertThat(each.heard)
                    .endsWith("pgSessionConnectionFailed ProtocolViolation", "pgSessionShutdown ConnectionFailed");
        }
    }

    @Test
    void aLengthBelowFourOrAboveAnyMessageIsAViolation() {
        for (byte[] header : new byte[][] {
            {'D', 0, 0, 0, 3}, {'D', 0, 0, 0, 0}, {'D', -1, -1, -1, -1}, {'D', -128, 0, 0, 0}, {'D', 127, -1, -1, -1}
        }) {
            SessionRig rig = SessionRig.plain().ready().query("select a");
            rig.core.received(header, 0, header.length);

            assertThat(rig.heard)
                    .containsExactly(
                            "select a: ProtocolViolation may-have-executed may-have-committed",
                            "pgSessionShutdown ProtocolViolation");
        }
    }
}
