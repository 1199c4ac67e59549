package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.CopyIn;
import org.pgreel.client.Listening;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.Session;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.StatementDescription;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.wire.Bytes;

/** The server's process is killed with SIGKILL in the middle of each kind of operation. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class KilledServerTest {
    private static final int PG_SLEEP = 2626;
    private static final int FLOAT8 = 701;
    private static PostgresServer server;
    private static PgClient client;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start(PostgresOptions.defaults().setting("synchronous_commit", "on"));
        client = PgClient.create();
        try (Session session = connect().session()) {
            session.query("create function nap() returns trigger language plpgsql as"
                            + " 'begin perform pg_sleep(60); return new; end';"
                            + " create table slow (n int); create trigger naps before insert on slow for each row"
                            + " execute function nap()")
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    /** A kind of operation that the server is in the middle of for a minute. */
    record Kind(String name, boolean inBlock, Function<Session, CompletableFuture<?>> operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        byte[] rows = "1\n2\n".getBytes(StandardCharsets.US_ASCII);
        Parameter minute = Parameter.binary(FLOAT8, Bytes.ofHex("404e000000000000"));
        return Stream.of(
                new Kind("simple query", false, s -> s.query("select pg_sleep(60)")),
                new Kind("simple query in a block", true, s -> s.query("select pg_sleep(60)")),
                new Kind("parameterized query", false, s -> s.query("select pg_sleep($1)", List.of(minute))),
                new Kind(
                        "query within a time limit",
                        false,
                        s -> s.within(Duration.ofSeconds(50)).query("select pg_sleep(60)")),
                new Kind("copy in", false, s -> s.copyIn("copy slow from stdin", rows)),
                new Kind(
                        "copy out",
                        false,
                        s -> s.query(
                                "copy (select n, case n when 2 then pg_sleep(60) end from generate_series(1, 2) n) to stdout")),
                new Kind(
                        "stream",
                        false,
                        s -> s.stream(
                                        ParameterizedQuery.of(
                                                "select n, case n when 2 then pg_sleep(60) end from generate_series(1, 2) n",
                                                List.of()),
                                        0,
                                        row -> {})
                                .done()),
                new Kind("copy in by pieces", false, s -> {
                    CopyIn copy = s.copyIn("copy slow from stdin");
                    return copy.ready().thenCompose(format -> copy.send(rows)).thenCompose(sent -> copy.done());
                }),
                new Kind(
                        "copy out by pieces",
                        false,
                        s -> s.copyOut(
                                        "copy (select n, case n when 2 then pg_sleep(60) end from generate_series(1, 2) n)"
                                                + " to stdout",
                                        data -> {})
                                .done()),
                new Kind("notification", true, s -> {
                    CompletableFuture<Listening> unused = s.listen("jobs", n -> {});
                    return s.query("select pg_notify('jobs', ''), pg_sleep(60)");
                }),
                new Kind("prepare", false, s -> {
                    lock();
                    return s.prepare("locked", "select n from slow");
                }),
                new Kind("execution", false, s -> {
                    CompletableFuture<StatementDescription> unused = s.prepare("nap", "select pg_sleep($1)");
                    return s.execute("nap", List.of(minute));
                }),
                new Kind("function call", false, s -> s.callFunction(PG_SLEEP, List.of(minute), false)),
                new Kind("transaction's work", true, s -> s.query("insert into slow values (1)")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachOperationFailsOnceAndTheSessionEndsOnce(Kind kind) throws Exception {
        Watched watched = connect();
        Session session = watched.session();
        if (kind.inBlock()) {
            session.query("begin").get(30, TimeUnit.SECONDS);
        }
        CompletableFuture<?> midway = kind.operation().apply(session);
        CompletableFuture<?> behind = session.query("select 1");
        int process = session.processId().orElseThrow();
        awaitSleep(process);

        kill(process);

        PgException failure = failure(midway);
        PgException unsent = failure(behind);
        assertThat(failure).isInstanceOf(ConnectionLostException.class);
        assertThat(failure.mayHaveExecuted()).isTrue();
        assertThat(failure.mayHaveCommitted()).isEqualTo(!kind.inBlock());
        assertThat(unsent).isInstanceOf(ConnectionLostException.class);
        assertThat(unsent.mayHaveExecuted()).isFalse();
        assertThat(session.ended().get(30, TimeUnit.SECONDS)).isInstanceOf(ShutdownReason.ConnectionLost.class);
        assertThat(watched.life().lines())
                .filteredOn(line -> line.startsWith("shutdown"))
                .hasSize(1);
    }

    @Test
    void aPipelineFailsEachOfItsQueriesOnce() throws Exception {
        Watched watched = connect();
        List<ParameterizedQuery> queries = List.of(
                ParameterizedQuery.of("select 1", List.of()),
                ParameterizedQuery.of("select pg_sleep(60)", List.of()),
                ParameterizedQuery.of("select 3", List.of()));
        CompletableFuture<List<PipelineOutcome>> pipeline = watched.session().pipeline(queries, PipelineSync.EACH);
        int process = watched.session().processId().orElseThrow();
        awaitSleep(process);

        kill(process);

        List<PipelineOutcome> outcomes = pipeline.get(30, TimeUnit.SECONDS);
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isInstanceOf(PipelineOutcome.Succeeded.class);
        for (PipelineOutcome outcome : outcomes.subList(1, 3)) {
            PgException failure = ((PipelineOutcome.Failed) outcome).failure();
            assertThat(failure).isInstanceOf(ConnectionLostException.class);
            assertThat(failure.mayHaveExecuted()).isTrue();
        }
        assertThat(watched.session().ended().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ShutdownReason.ConnectionLost.class);
        assertThat(watched.life().lines())
                .filteredOn(line -> line.startsWith("shutdown"))
                .hasSize(1);
    }

    /** Another session locks the table, and keeps it until it is lost too. */
    private static void lock() {
        try {
            connect().session().query("begin; lock table slow").get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A server that lost one of its processes ends all; until it does it lets others in, only to end them too. */
    private static void kill(int process) throws Exception {
        ProcessHandle backend = ProcessHandle.of(process).orElse(null);
        Assumptions.assumeTrue(backend != null, "the server's processes are not on this machine");
        Session witness = connect().session();
        assertThat(backend.destroyForcibly()).isTrue();
        var unused = witness.ended().get(30, TimeUnit.SECONDS);
    }

    /** Waits until the process sleeps inside the operation. */
    private static void awaitSleep(int process) throws Exception {
        try (Session observer = connect().session()) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                String sleeping =
                        "select count(*) from pg_stat_activity where (wait_event = 'PgSleep' or wait_event_type = 'Lock') and pid = "
                                + process;
                while (!"1"
                        .equals(observer.query(sleeping)
                                .get()
                                .results()
                                .get(0)
                                .onlyRow()
                                .text(0))) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    /** A session and what its application heard. */
    record Watched(Session session, RecordedLife life) {}

    /** Connects; a server that was just shot takes its time to come back. */
    private static Watched connect() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            RecordedLife life = new RecordedLife();
            Session session =
                    client.connect(WatchedClient.to(server).pipelineDepth(1).build(), life);
            try {
                session.query("select 1").get(30, TimeUnit.SECONDS);
                return new Watched(session, life);
            } catch (ExecutionException notYet) {
                assertThat(System.nanoTime())
                        .as("time for the server to come back")
                        .isLessThan(deadline);
            }
        }
    }

    private static PgException failure(CompletableFuture<?> operation) throws Exception {
        Throwable thrown = operation
                .handle((result, failure) -> failure instanceof CompletionException ? failure.getCause() : failure)
                .get(30, TimeUnit.SECONDS);
        assertThat(thrown).isInstanceOf(PgException.class);
        return (PgException) thrown;
    }
}
