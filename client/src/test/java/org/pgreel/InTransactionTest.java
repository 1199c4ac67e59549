package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.IsolationLevel;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.TransactionRunner;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.ErrorResponse;

/** Work in transactions, and when it is tried again. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class InTransactionTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final TransactionOptions SERIALIZABLE = TransactionOptions.of(IsolationLevel.SERIALIZABLE);

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final Session session = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife());
    private final Session other = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife());
    private final ManualTimers timers = new ManualTimers();
    private final RetryPolicy policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofMillis(150));
    private final TransactionRunner runner = new TransactionRunner(policy, timers.runningAtOnce(), () -> 0.5);

    @AfterEach
    void close() throws Exception {
        for (Session each : List.of(session, other)) {
            each.close();
            each.ended().get(30, TimeUnit.SECONDS);
        }
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static <T> CompletableFuture<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static ServerErrorException error(String sqlState, ServerEffect effect) {
        return new ServerErrorException(ErrorResponse.of("ERROR", sqlState, "given up"), effect);
    }

    @Test
    void whatTheWorkGivesComesBackWhenItIsCommitted() throws Exception {
        String answer = done(session.inTransaction(transaction -> transaction
                .query("SELECT pg_current_xact_id_if_assigned() IS NULL, 'answer'")
                .thenApply(results -> String.valueOf(results.only().onlyRow().text(1)))));
        assertThat(answer).isEqualTo("answer");
    }

    @Test
    void workThatThrowsIsRolledBackAndItsFailureIsKept() throws Exception {
        IOException own = new IOException("disk");
        assertThatThrownBy(() -> done(session.inTransaction(transaction -> failed(own))))
                .hasCause(own);
        IllegalStateException thrown = new IllegalStateException("thrown");
        assertThatThrownBy(() -> done(session.inTransaction(transaction -> {
                    throw thrown;
                })))
                .hasCause(thrown);
        done(done(session.begin()).rollback());
    }

    @Test
    void workMayEndTheTransactionItself() throws Exception {
        String outcome =
                done(session.inTransaction(transaction -> transaction.rollback().thenApply(undone -> "undone")));
        assertThat(outcome).isEqualTo("undone");
        done(done(session.begin()).rollback());
    }

    /** A true write skew: both read what the other writes, and the server lets one of them commit. */
    @Test
    void aSerializationFailureIsTriedAgain() throws Exception {
        done(session.query("DROP TABLE IF EXISTS skew; CREATE TABLE skew (n int)"));
        AtomicInteger attempts = new AtomicInteger();
        done(runner.run(session, SERIALIZABLE, transaction -> {
            boolean first = attempts.incrementAndGet() == 1;
            return transaction
                    .query("SELECT count(*) FROM skew")
                    .thenCompose(read -> first ? conflict() : CompletableFuture.completedFuture(null))
                    .thenCompose(conflicted -> transaction.query("INSERT INTO skew VALUES (1)"));
        }));

        assertThat(attempts).hasValue(2);
        assertThat(timers.delays()).containsExactly(Duration.ofMillis(75));
        assertThat(done(session.query("SELECT count(*) FROM skew"))
                        .only()
                        .onlyRow()
                        .text(0))
                .isEqualTo("2");
        done(session.query("DROP TABLE skew"));
    }

    private CompletionStage<?> conflict() {
        return other.inTransaction(
                SERIALIZABLE,
                transaction -> transaction
                        .query("SELECT count(*) FROM skew")
                        .thenCompose(read -> transaction.query("INSERT INTO skew VALUES (2)")));
    }

    @Test
    void theLastFailureComesWithTheEarlierOnes() {
        List<ServerErrorException> given = new ArrayList<>();
        assertThatThrownBy(() -> done(runner.run(session, SERIALIZABLE, transaction -> {
                    ServerErrorException failure = error(given.size() == 1 ? "40001" : "40P01", ServerEffect.NONE);
                    given.add(failure);
                    return failed(failure);
                })))
                .cause()
                .isSameAs(given.get(2))
                .satisfies(last -> assertThat(last.getSuppressed()).containsExactly(given.get(0), given.get(1)));
        assertThat(timers.delays()).containsExactly(Duration.ofMillis(75), Duration.ofNanos(112_500_000));
    }

    @Test
    void nothingElseIsTriedAgain() {
        for (Throwable failure : new Throwable[] {
            error("40001", ServerEffect.MAY_HAVE_COMMITTED),
            error("40002", ServerEffect.NONE),
            error("23505", ServerEffect.NONE),
            new IllegalStateException("its own")
        }) {
            AtomicInteger attempts = new AtomicInteger();
            assertThatThrownBy(() -> done(runner.run(session, SERIALIZABLE, transaction -> {
                        attempts.incrementAndGet();
                        return failed(failure);
                    })))
                    .hasCause(failure);
            assertThat(attempts).hasValue(1);
        }
        assertThat(timers.delays()).isEmpty();
    }

    @Test
    void workThatHidesTheReasonBehindItsOwnFailureIsTriedAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        String outcome = done(runner.run(
                session,
                SERIALIZABLE,
                transaction -> attempts.incrementAndGet() == 1
                        ? givenUp(transaction).thenCompose(any -> failed(new IOException("no reason given")))
                        : CompletableFuture.completedFuture("second")));
        assertThat(outcome).isEqualTo("second");

        attempts.set(0);
        outcome = done(runner.run(
                session,
                SERIALIZABLE,
                transaction -> attempts.incrementAndGet() == 1
                        ? givenUp(transaction).thenApply(any -> "swallowed")
                        : CompletableFuture.completedFuture("second")));
        assertThat(outcome).isEqualTo("second");
    }

    /** An error of this SQLSTATE, raised by a function because DO counts as transaction control. */
    private static CompletionStage<Throwable> givenUp(Transaction transaction) {
        return transaction
                .query("CREATE FUNCTION pg_temp.give_up() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'given up' USING ERRCODE = '40001'; END $$")
                .thenCompose(created -> transaction.query("SELECT pg_temp.give_up()"))
                .handle((result, failure) -> failure);
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        RetryPolicy growing = new RetryPolicy(9, Duration.ofMillis(10), Duration.ofMillis(45));
        assertThat(growing.delay(1, 0)).isEqualTo(Duration.ofMillis(5));
        assertThat(growing.delay(2, 0)).isEqualTo(Duration.ofMillis(10));
        assertThat(growing.delay(3, 0.5)).isEqualTo(Duration.ofMillis(30));
        assertThat(growing.delay(4, 0)).isEqualTo(Duration.ofNanos(22_500_000));
        assertThat(growing.delay(Integer.MAX_VALUE, 0.999)).isLessThan(Duration.ofMillis(45));
        assertThat(RetryPolicy.NONE.delay(1, 0.9)).isZero();
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(2), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
