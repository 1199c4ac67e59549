package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.pgreel.client.CopyIn;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.wire.Bytes;

/** COPY to the server, piece by piece. */
class CopyPiecesTest {

    private static final CopyInResponse IN = new CopyInResponse(0, List.of(0, 0));

    private final SessionRig rig = SessionRig.plain().ready();
    private final CopyIn copy = rig.session.copyIn("copy t from stdin");

    private List<String> sentSince() {
        return rig.effects.sentNames().subList(1, rig.effects.sent.size());
    }

    private static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }

    @Test
    void piecesGoAsTheyCome() {
        rig.watch("copy", copy.done());
        assertThat(copy.ready()).isNotDone();
        rig.receive(IN);
        assertThat(copy.ready().join()).isEqualTo(IN);

        assertThat(copy.send(bytes("1\n"))).isCompleted();
        assertThat(copy.send(bytes("2\n").toArray())).isCompleted();
        assertThat(sentSince()).containsExactly("CopyData", "CopyData");
        CompletableFuture<QueryResult> result = copy.finish();
        assertThat(sentSince()).endsWith("CopyDone");
        rig.receive(done("COPY 2"), IDLE);

        assertThat(result.join().rowCount()).hasValue(2);
        assertThat(((CopyData) rig.effects.sent.get(1)).data().text()).isEqualTo("1\n");
        assertThat(rig.heard).containsExactly("copy succeeded", "pgTransactionStatus I");
    }

    @Test
    void whatIsGivenBeforeTheServerWantsItWaits() {
        CompletableFuture<Void> taken = copy.send(bytes("1\n"));
        CompletableFuture<QueryResult> result = copy.finish();
        assertThat(taken).isNotDone();

        rig.receive(IN);

        assertThat(taken).isCompleted();
        assertThat(sentSince()).containsExactly("CopyData", "CopyDone");
        assertThat(result).isNotDone();
    }

    @Test
    void aPieceIsTakenWhenTheTransportTakesMore() {
        rig.receive(IN);
        rig.core.unwritable();
        CompletableFuture<Void> first = copy.send(new byte[100_000]);
        CompletableFuture<Void> second = copy.send(bytes("2\n"));
        assertThat(sentSince()).isEmpty();
        assertThat(first).isNotDone();

        rig.core.writable();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(sentSince()).containsExactly("CopyData", "CopyData", "CopyData");
    }

    @Test
    void theNextPieceMayBeGivenWhenTheLastIsTaken() {
        List<Integer> given = new ArrayList<>();
        rig.receive(IN);
        feed(given);

        assertThat(given).hasSize(1000);
        assertThat(sentSince()).hasSize(1001).last().isEqualTo("CopyDone");
    }

    private void feed(List<Integer> given) {
        if (given.size() == 1000) {
            copy.finish();
            return;
        }
        given.add(given.size());
        copy.send(bytes("x\n")).thenRun(() -> feed(given));
    }

    @Test
    void whoNeverWaitsIsToldBeforeTheMemoryIsFull() {
        copy.send(new byte[3 << 20]);

        assertThatIllegalStateException()
                .isThrownBy(() -> copy.send(new byte[2 << 20]))
                .withMessageContaining("wait for the future");
        rig.receive(IN);
        assertThat(copy.send(new byte[5 << 20])).isCompleted();
    }

    @Test
    void anAbortDropsWhatWasNotTakenAndFails() {
        rig.receive(IN);
        rig.core.unwritable();
        CompletableFuture<Void> dropped = copy.send(bytes("1\n"));
        rig.watch("copy", copy.abort("changed my mind"));
        copy.abort("twice");
        copy.finish();
        rig.core.writable();

        assertThat(sentSince()).containsExactly("CopyFail");
        assertThat(((CopyFail) rig.effects.sent.get(1)).reason()).isEqualTo("changed my mind");
        rig.receive(error("ERROR", "57014"), IDLE);
        assertThat(dropped).isCompletedExceptionally();
        assertThat(rig.heard).containsExactly("copy: ServerError", "pgTransactionStatus I");
    }

    @Test
    void anAbortBeforeTheServerWantsDataIsTheAnswerThen() {
        copy.abort("too late");
        assertThat(sentSince()).isEmpty();
        rig.receive(IN);

        assertThat(sentSince()).containsExactly("CopyFail");
    }

    @Test
    void nothingIsSentBehindTheEnd() {
        rig.receive(IN);
        copy.finish();
        assertThat(copy.send(bytes("late\n"))).isCompletedExceptionally();
        copy.abort("late");
        assertThat(sentSince()).containsExactly("CopyDone");
        rig.receive(done("COPY 0"), IDLE);
        assertThat(copy.send(bytes("later\n"))).isCompletedExceptionally();
        copy.finish();
        rig.query("select 1").receive(answer("1"));

        assertThat(sentSince()).containsExactly("CopyDone", "Query");
        assertThat(rig.heard).contains("select 1 succeeded");
    }

    @Test
    void nothingIsSentBehindAFailure() {
        rig.receive(error("ERROR", "42501"), IDLE);

        assertThat(copy.ready()).isCompletedExceptionally();
        assertThat(copy.done()).isCompletedExceptionally();
        assertThat(copy.send(bytes("late\n"))).isCompletedExceptionally();
        copy.abort("late");
        copy.finish();
        assertThat(sentSince()).isEmpty();
    }

    @Test
    void anErrorInTheMiddleEndsTheDataAtOnce() {
        rig.receive(IN);
        copy.send(bytes("1\n"));
        rig.receive(error("ERROR", "22P04"));
        CompletableFuture<Void> late = copy.send(bytes("2\n"));
        copy.finish();
        assertThat(sentSince()).containsExactly("CopyData");
        rig.receive(IDLE);

        assertThat(late).isCompletedExceptionally();
        assertThat(copy.done()).isCompletedExceptionally();
    }

    @Test
    void theEndOfTheSessionFailsEverything() {
        rig.watch("ready", copy.ready());
        CompletableFuture<Void> waiting = copy.send(bytes("1\n"));
        rig.session.close();

        assertThat(waiting).isCompletedExceptionally();
        assertThat(rig.heard)
                .contains("ready: SessionClosed may-have-executed may-have-committed")
                .endsWith("pgSessionShutdown SessionClosed");
        assertThat(copy.send(bytes("2\n"))).isCompletedExceptionally();
    }

    @Test
    void aStatementThatWantsNoDataSaysSo() {
        rig.receive(answer("1"));

        assertThat(copy.done()).isCompleted();
        assertThat(copy.ready()).isCompletedExceptionally();
    }

    @Test
    void aReasonWithANulIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> copy.abort("a\0b"));
    }

    @Test
    void theSessionMayBeClosedWhenAPieceIsTaken() {
        copy.send(bytes("1\n")).thenRun(rig.session::close);
        rig.receive(IN);

        assertThat(rig.heard).containsExactly("pgSessionShutdown SessionClosed");
    }

    @Test
    void aPublisherFeedsIt() {
        SubmissionPublisher<Bytes> data = new SubmissionPublisher<>(Runnable::run, 4);
        CompletableFuture<QueryResult> result = copy.feed(data);
        assertThat(data.hasSubscribers()).isFalse();
        rig.receive(IN);
        data.submit(bytes("1\n"));
        data.submit(bytes("2\n"));
        assertThat(sentSince()).containsExactly("CopyData", "CopyData");
        data.close();
        assertThat(sentSince()).endsWith("CopyDone");
        rig.receive(done("COPY 2"), IDLE);

        assertThat(result.join().rowCount()).hasValue(2);
    }

    @Test
    void aPublisherThatFailsAbortsIt() {
        SubmissionPublisher<Bytes> data = new SubmissionPublisher<>(Runnable::run, 4);
        IllegalStateException dry = new IllegalStateException("dry");
        List<Throwable> failures = new ArrayList<>();
        copy.feed(data).whenComplete((result, failure) -> failures.add(failure));
        rig.receive(IN);
        data.closeExceptionally(dry);
        assertThat(sentSince()).containsExactly("CopyFail");
        rig.receive(error("ERROR", "57014"), IDLE);

        assertThat(failures).hasSize(1);
        Throwable cause = failures.get(0).getCause() == null
                ? failures.get(0)
                : failures.get(0).getCause();
        assertThat(cause).hasSuppressedException(dry);
    }

    @Test
    void aFailureCancelsThePublisher() {
        SubmissionPublisher<Bytes> data = new SubmissionPublisher<>(Runnable::run, 4);
        copy.feed(data);
        rig.receive(IN);
        assertThat(data.hasSubscribers()).isTrue();
        rig.receive(error("ERROR", "22P04"), IDLE);

        data.submit(bytes("1\n"));
        assertThat(data.hasSubscribers()).isFalse();
        assertThat(sentSince()).isEmpty();
    }
}
