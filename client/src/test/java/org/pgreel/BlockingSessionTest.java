package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pgreel.Eventually.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.IsolationLevel;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.OperationInterruptedException;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.Savepoint;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.TransactionRolledBackException;
import org.pgreel.client.blocking.BlockingPool;
import org.pgreel.client.blocking.BlockingSession;
import org.pgreel.client.blocking.BlockingTransaction;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.postgres.PostgresServer;

/** The blocking face, on threads of all kinds. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BlockingSessionTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final BlockingSession session =
            BlockingSession.of(WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife()));
    private final BlockingPool pool = BlockingPool.of(WATCHED.client()
            .pool(WatchedClient.to(SERVER).build(), PoolOptions.builder().max(2).build()));

    @AfterEach
    void close() throws Exception {
        session.close();
        session.session().ended().get(30, TimeUnit.SECONDS);
        pool.pool().shutdown(Duration.ZERO).get(30, TimeUnit.SECONDS);
    }

    private String one(String sql) {
        return String.valueOf(session.query(sql).only().onlyRow().text(0));
    }

    @Test
    void callsGiveWhatTheFuturesWould() {
        assertThat(session.ready().query("SELECT 7").only().onlyRow().text(0)).isEqualTo("7");
        assertThat(session.query("SELECT $1::int + 1", List.of(Parameter.text("41")))
                        .onlyRow()
                        .text(0))
                .isEqualTo("42");
        session.query("CREATE TEMPORARY TABLE t (n int)");
        assertThat(session.copyIn("COPY t FROM STDIN", new byte[] {'1', '\n', '2', '\n'})
                        .rowCount())
                .hasValue(2);
        assertThat(session.cancel().wasSent()).isFalse();
        assertThat(session.prepare("s", "SELECT $1::int").parameterTypes()).hasSize(1);
        assertThat(session.execute(NamedQuery.of("s", List.of(Parameter.text("5"))))
                        .onlyRow()
                        .text(0))
                .isEqualTo("5");
        session.closeStatement("s");
        session.notify("channel", "payload");
        assertThat(session.pipeline(
                        List.of(
                                ParameterizedQuery.of("SELECT 1", List.of()),
                                ParameterizedQuery.of("SELECT 2", List.of())),
                        PipelineSync.EACH))
                .hasSize(2);
    }

    @Test
    void aFailureShowsWhoWaited() {
        assertThatThrownBy(() -> session.query("SELECT 1/0"))
                .isInstanceOf(ServerErrorException.class)
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().contains("aFailureShowsWhoWaited")));
        BlockingSession refused = BlockingSession.of(
                WATCHED.connect(WatchedClient.to(SERVER).user("pgreel_scram").password("wrong"), new RecordedLife()));
        assertThatThrownBy(refused::ready).isInstanceOf(ConnectFailedException.class);
    }

    @Test
    void aCallOnAnEventLoopIsRefusedInsteadOfWaitingForEver() throws Exception {
        String refusal = "an event loop, would wait for an answer that only this thread could bring";
        assertThat(thrownOnTheLoop(() -> session.query("SELECT 2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(refusal);
        assertThat(thrownOnTheLoop(pool::acquire)).hasMessageContaining("an event loop");
        assertThat(pool.pool().metrics().lent()).isZero();
    }

    /** A row's receiver is called by the event loop, whoever is quicker. */
    private @Nullable Throwable thrownOnTheLoop(Runnable call) throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        session.session()
                .query("SELECT 1", row -> {
                    try {
                        call.run();
                        thrown.complete(null);
                    } catch (RuntimeException e) {
                        thrown.complete(e);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        return thrown.get(30, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptedThreadIsFreeAtOnceAndItsOperationIsCancelled() throws Exception {
        session.ready();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        AtomicInteger interruptStatus = new AtomicInteger();
        Thread waiting = new Thread(() -> {
            try {
                session.query("SELECT pg_sleep(600)");
            } catch (RuntimeException e) {
                interruptStatus.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                thrown.complete(e);
            }
        });
        waiting.start();
        until(
                () -> pool.withSession(other -> other.query("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE query = 'SELECT pg_sleep(600)' AND state = 'active'"))
                        .only()
                        .onlyRow()
                        .text(0)
                        .equals("1"),
                "the server is busy");
        waiting.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        OperationInterruptedException.class,
                        e -> assertThat(e.mayHaveCommitted()).isTrue());
        assertThat(interruptStatus).hasValue(1);
        assertThat(one("SELECT 'at once'")).isEqualTo("at once");
    }

    @Test
    void theInterruptOfOneThreadDoesNotCancelWhatAnotherWaitsFor() throws Exception {
        try (BlockingSession lent = pool.acquire()) {
            for (BlockingSession shared : List.of(session.ready(), lent)) {
                var others = shared.session().query("SELECT pg_sleep(0.5), 'another''s'");
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                Thread interrupted = new Thread(() -> {
                    Thread.currentThread().interrupt();
                    try {
                        shared.query("SELECT pg_sleep(600)");
                    } catch (RuntimeException e) {
                        thrown.complete(e);
                    }
                });
                interrupted.start();

                assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(OperationInterruptedException.class);
                assertThat(others.get(30, TimeUnit.SECONDS).only().onlyRow().text(1))
                        .isEqualTo("another's");
                assertThat(shared.session()
                                .query("SELECT 'next'")
                                .get(60, TimeUnit.SECONDS)
                                .only()
                                .onlyRow()
                                .text(0))
                        .isEqualTo("next");
            }
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingForAPoolTakesTheQuestionBack() throws Exception {
        List<BlockingSession> all = List.of(pool.acquire(), pool.acquire());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                pool.acquire();
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        waiting.start();
        until(() -> pool.pool().metrics().waiting() == 1, "it waits");
        waiting.interrupt();
        assertThat(thrown.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        OperationInterruptedException.class,
                        e -> assertThat(e.mayHaveExecuted()).isFalse());
        assertThat(pool.pool().metrics().waiting()).isZero();
        all.forEach(BlockingSession::close);
        pool.acquire().close();
    }

    @Test
    void aTransactionThatIsLeftIsRolledBack() {
        session.query("CREATE TEMPORARY TABLE t (n int)");
        try (BlockingTransaction transaction = session.begin(TransactionOptions.of(IsolationLevel.SERIALIZABLE))) {
            transaction.query("INSERT INTO t VALUES ($1)", List.of(Parameter.text("1")));
            assertThat(transaction.isOpen()).isTrue();
        }
        try (BlockingTransaction transaction = session.begin()) {
            Savepoint savepoint = transaction.savepoint("s");
            transaction.query("INSERT INTO t VALUES (2)");
            transaction.rollbackTo(savepoint);
            transaction.release(savepoint);
            assertThatThrownBy(() -> transaction.nested("n", () -> transaction.query("SELECT 1/0")))
                    .isInstanceOf(ServerErrorException.class);
            transaction.nested("n", () -> transaction.query("INSERT INTO t VALUES (3)"));
            transaction.commit();
        }
        assertThat(one("SELECT string_agg(n::text, ',') FROM t")).isEqualTo("3");
        BlockingTransaction aborted = session.begin();
        assertThatThrownBy(() -> aborted.query("SELECT 1/0")).isInstanceOf(ServerErrorException.class);
        assertThatThrownBy(aborted::commit).isInstanceOf(TransactionRolledBackException.class);
    }

    @Test
    void aTransactionGivenUpForOthersIsTriedAgainOnTheSameThread() {
        AtomicInteger attempts = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        String outcome = pool.inTransaction(transaction -> {
            threads.add(Thread.currentThread());
            if (attempts.incrementAndGet() < 3) {
                transaction.query("CREATE FUNCTION pg_temp.give_up() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'given up' USING ERRCODE = '40001'; END $$");
                transaction.query("SELECT pg_temp.give_up()");
            }
            return "after " + attempts;
        });
        assertThat(outcome).isEqualTo("after 3");
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThatThrownBy(() -> session.inTransaction(transaction -> {
                    throw new IllegalArgumentException("own");
                }))
                .hasMessage("own");
        assertThat(session.<Integer>inTransaction(transaction -> 1)).isEqualTo(1);
    }

    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    void aThousandVirtualThreadsShareTwoSessions() throws Exception {
        assumeTrue(
                Stream.of(Executors.class.getMethods())
                        .anyMatch(method -> method.getName().equals("newVirtualThreadPerTaskExecutor")),
                "virtual threads, since JDK 21");
        ExecutorService threads = virtualThreads();
        List<Future<String>> answers = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            int number = n;
            answers.add(threads.submit(() -> pool.withSession(lent ->
                    String.valueOf(lent.query("SELECT $1", List.of(Parameter.text("" + number)))
                            .onlyRow()
                            .text(0)))));
        }
        for (int n = 0; n < 1000; n++) {
            assertThat(answers.get(n).get(60, TimeUnit.SECONDS)).isEqualTo("" + n);
        }
        threads.shutdown();
        assertThat(pool.pool().metrics().created()).isEqualTo(2);
    }
}
