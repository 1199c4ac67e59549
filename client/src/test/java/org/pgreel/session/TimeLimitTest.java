package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.error;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.QueryResults;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;

/** Time limits of operations, and of the silence in the middle of a message. */
class TimeLimitTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static SessionRig ready(SessionRig rig) {
        rig.connected()
                .receive(
                        new AuthenticationOk(),
                        new BackendKeyData(12345, Bytes.ofHex("00010932")),
                        new ReadyForQuery(TransactionStatus.IDLE));
        rig.heard.clear();
        rig.effects.asked.clear();
        rig.effects.sent.clear();
        return rig;
    }

    @Test
    void theTimeRunsWhileTheOperationIsTheOldestOnTheWire() {
        SessionRig rig = ready(SessionRig.with(o -> o.pipelineDepth(2)));
        rig.watch("a", rig.session.query("select 1", List.of()));
        rig.watch("b", rig.session.within(SECOND).query("select 2", List.of()));

        assertThat(rig.effects.armed).doesNotContainKey(Timer.OPERATION);
        rig.receive(PipelineTest.extended("1"));
        assertThat(rig.effects.armed).containsEntry(Timer.OPERATION, SECOND);
        rig.receive(PipelineTest.extended("2"));
        assertThat(rig.effects.armed).doesNotContainKey(Timer.OPERATION);
    }

    @Test
    void aViewsLimitStandsInPlaceOfTheOptionsAndZeroIsNone() {
        SessionRig rig = ready(SessionRig.with(o -> o.operationTimeout(Duration.ofSeconds(9))));

        rig.watch("a", rig.session.within(SECOND).query("select 1"));
        assertThat(rig.effects.armed).containsEntry(Timer.OPERATION, SECOND);
        rig.receive(answer("1")).query("select 2");
        assertThat(rig.effects.armed).containsEntry(Timer.OPERATION, Duration.ofSeconds(9));
        rig.receive(answer("2"));
        rig.watch("c", rig.session.within(Duration.ZERO).query("select 3"));
        assertThat(rig.effects.armed).doesNotContainKey(Timer.OPERATION);
        assertThatThrownBy(() -> rig.session.within(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whenItIsOverTheOperationIsCancelledAndItsSessionGoesOn() {
        SessionRig rig = ready(SessionRig.plain());
        CompletableFuture<QueryResults> slow = rig.session.within(SECOND).query("select pg_sleep(60)");

        rig.core.elapsed(Timer.OPERATION);
        rig.effects.another().core.connected();
        assertThat(rig.effects.armed).containsEntry(Timer.OPERATION, Duration.ofMillis(400));
        rig.receive(error("ERROR", "57014"), IDLE);
        rig.effects.another().core.endOfStream();

        OperationTimedOutException failure = (OperationTimedOutException) failure(slow);
        assertThat(failure.limit()).isEqualTo(SECOND);
        assertThat(failure.effect()).isEqualTo(ServerEffect.NONE);
        assertThat(failure.serverError()).map(ServerErrorException::sqlState).contains("57014");
        assertThat(failure).hasCause(failure.serverError().orElseThrow());
        assertThat(rig.session.shutdownReason()).isEmpty();
        assertThat(rig.effects.armed).doesNotContainKeys(Timer.OPERATION, Timer.CANCEL);
    }

    @Test
    void aServerThatDoesNotAnswerTheCancelLosesItsSession() {
        SessionRig rig = ready(SessionRig.plain());
        rig.watch("a", rig.session.within(SECOND).query("select 1"));
        rig.core.elapsed(Timer.OPERATION);
        rig.effects.another().core.connected();

        rig.core.elapsed(Timer.OPERATION);

        assertThat(rig.heard)
                .containsExactly(
                        "a: OperationTimedOut may-have-executed may-have-committed",
                        "pgSessionShutdown OperationTimedOut");
        assertThat(rig.session.shutdownReason()).contains(new ShutdownReason.OperationTimedOut(SECOND));
    }

    @Test
    void withoutAKeyThereIsNothingToWaitFor() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("a", rig.session.within(SECOND).query("select 1"));

        rig.core.elapsed(Timer.OPERATION);

        assertThat(rig.heard).endsWith("pgSessionShutdown OperationTimedOut");
    }

    @Test
    void aSuccessThatComesInTheGraceCounts() {
        SessionRig rig = ready(SessionRig.plain());
        rig.watch("a", rig.session.within(SECOND).query("select 1"));
        rig.core.elapsed(Timer.OPERATION);

        rig.receive(answer("1"));

        assertThat(rig.heard).containsExactly("a succeeded", "pgTransactionStatus I");
        assertThat(rig.effects.another().asked).containsExactly("abort");
    }

    @Test
    void anErrorOfTheServersOwnIsNotOurTimeLimit() {
        SessionRig rig = ready(SessionRig.plain());
        CompletableFuture<QueryResults> other = rig.session.within(SECOND).query("select 1/0");
        rig.core.elapsed(Timer.OPERATION);
        rig.effects.another().core.connected();
        rig.receive(error("ERROR", "22012"), IDLE);
        rig.effects.another().core.endOfStream();
        CompletableFuture<QueryResults> unsent = rig.session.within(SECOND).query("select 1");
        rig.core.elapsed(Timer.OPERATION);
        rig.receive(error("ERROR", "57014"), IDLE);

        assertThat(failure(other)).isInstanceOf(ServerErrorException.class);
        assertThat(failure(unsent)).as("no request of ours was sent").isInstanceOf(ServerErrorException.class);
    }

    @Test
    void aTimerThatCannotBeSetIsSetOnceMoreAndThenTheSessionEnds() {
        SessionRig rig = ready(SessionRig.plain());
        rig.watch("a", rig.session.within(SECOND).query("select 1"));
        rig.effects.armed.clear();

        rig.core.timerFailed(Timer.OPERATION, new IllegalStateException("no timers"));
        assertThat(rig.effects.armed).containsEntry(Timer.OPERATION, SECOND);
        rig.core.timerFailed(Timer.OPERATION, new IllegalStateException("no timers"));

        assertThat(rig.heard).endsWith("pgSessionShutdown TimerFailed");
        assertThat(rig.session.shutdownReason().orElseThrow().sentence())
                .isEqualTo("a time limit could not be set: no timers");
    }

    @Test
    void silenceInTheMiddleOfAMessageIsALostConnection() {
        SessionRig rig = ready(SessionRig.plain()).query("select 1");
        byte[] whole = SessionRig.bytesOf(columns("n"));

        rig.receive(java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThat(rig.effects.armed).containsEntry(Timer.STALL, Duration.ofSeconds(30));
        rig.core.elapsed(Timer.STALL);

        assertThat(rig.heard)
                .containsExactly(
                        "select 1: ConnectionLost may-have-executed may-have-committed",
                        "pgSessionShutdown ConnectionLost");
        assertThat(rig.session.shutdownReason().orElseThrow().sentence())
                .isEqualTo("the connection was lost: the server fell silent in the middle of a message for 30000 ms"
                        + " (stallTimeout)");
    }

    @Test
    void silenceBetweenMessagesIsLegalAndTheLimitCanBeOff() {
        SessionRig rig = ready(SessionRig.plain()).query("select 1");
        byte[] whole = SessionRig.bytesOf(columns("n"));
        rig.receive(java.util.Arrays.copyOf(whole, 3));
        rig.receive(java.util.Arrays.copyOfRange(whole, 3, whole.length));
        SessionRig off =
                ready(SessionRig.with(o -> o.stallTimeout(Duration.ZERO))).query("select 1");
        off.receive(java.util.Arrays.copyOf(whole, 3));

        assertThat(rig.effects.armed).doesNotContainKey(Timer.STALL);
        assertThat(off.effects.armed).doesNotContainKey(Timer.STALL);
    }

    @Test
    void silenceThatWeAskedForIsNotCounted() {
        SessionRig rig = SessionRig.plain();
        StallWatch watch = new StallWatch(rig.options, rig.effects);

        watch.progressed(true);
        watch.paused();
        assertThat(rig.effects.armed).doesNotContainKey(Timer.STALL);
        watch.progressed(true);
        assertThat(rig.effects.armed).doesNotContainKey(Timer.STALL);
        watch.resumed();
        assertThat(rig.effects.armed).containsKey(Timer.STALL);
        watch.progressed(false);
        assertThat(rig.effects.armed).doesNotContainKey(Timer.STALL);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return future.handle((done, thrown) -> thrown instanceof CompletionException ? thrown.getCause() : thrown)
                .join();
    }
}
