package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.NotExecutedException;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RolledBackException;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.StatementDescription;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.wire.Bytes;

/** Prepared statements, pipelines and the statement cache against a real server. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ExtendedQueryTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final int INT4 = 23;
    private static final int TEXT = 25;

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final Session session = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife());

    @BeforeEach
    void ready() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE t (n int PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static void assertServerError(ThrowingCallable call, String sqlState) {
        assertThatThrownBy(call)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ServerErrorException.class,
                        e -> assertThat(e.sqlState()).isEqualTo(sqlState));
    }

    private String value(String sql) throws Exception {
        return String.valueOf(done(session.query(sql)).only().onlyRow().text(0));
    }

    private QueryResult use(String sql) throws Exception {
        return done(session.query(sql, List.of()));
    }

    private static ParameterizedQuery insert(int n) {
        return ParameterizedQuery.of("INSERT INTO t VALUES ($1)", List.of(Parameter.text(Integer.toString(n))));
    }

    private List<String> cachedStatements() throws Exception {
        return done(session.query("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'pgreel%' ORDER BY 1"))
                .only()
                .rows()
                .stream()
                .map(row -> String.valueOf(row.text(0)))
                .toList();
    }

    @Test
    void aStatementIsPreparedExecutedAndClosed() throws Exception {
        StatementDescription described = done(session.prepare("add", "SELECT $1 + 1 AS sum, $2", List.of(INT4, TEXT)));
        assertThat(described.parameterTypes()).containsExactly(INT4, TEXT);
        assertThat(described.columns()).isNotNull();
        NamedQuery add = NamedQuery.of("add", List.of(Parameter.text("41"), Parameter.ofNull()));

        assertThat(done(session.execute(add)).onlyRow().text("sum")).isEqualTo("42");
        Bytes binary = done(session.execute(add.withBinaryResults())).onlyRow().bytes(0);
        assertThat(binary).isEqualTo(Bytes.ofHex("0000002a"));
        assertServerError(() -> done(session.prepare("add", "SELECT 1")), "42P05");
        done(session.closeStatement("add"));
        done(session.closeStatement("add"));
        assertServerError(() -> done(session.execute(add)), "26000");
    }

    @Test
    void aStatementThatCannotBePreparedLeavesTheSessionAsItWas() throws Exception {
        assertServerError(() -> done(session.prepare("wrong", "SELECT * FROM missing")), "42P01");
        assertThat(done(session.prepare("right", "INSERT INTO t VALUES ($1)")).columns())
                .isNull();
        assertThat(done(session.execute("right", List.of(Parameter.text("1")))).commandTag())
                .isEqualTo("INSERT 0 1");
    }

    @Test
    void eachElementOfAPipelineStandsForItself() throws Exception {
        List<PipelineOutcome> outcomes =
                done(session.pipeline(List.of(insert(1), insert(1), insert(2)), PipelineSync.EACH));

        assertThat(outcomes.get(0).orThrow().commandTag()).isEqualTo("INSERT 0 1");
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(PipelineOutcome.Failed.class, failed -> {
            assertThat(failed.failure()).isInstanceOf(ServerErrorException.class);
            assertThat(failed.failure().effect()).isEqualTo(ServerEffect.NONE);
        });
        assertThat(outcomes.get(2).orThrow().commandTag()).isEqualTo("INSERT 0 1");
        assertThat(value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void theElementsOfABatchAreOneTransaction() throws Exception {
        List<PipelineOutcome> outcomes =
                done(session.pipeline(List.of(insert(1), insert(2), insert(1), insert(3)), PipelineSync.BATCH));

        assertThat(outcomes)
                .extracting(outcome ->
                        ((PipelineOutcome.Failed) outcome).failure().getClass().getSimpleName())
                .containsExactly(
                        RolledBackException.class.getSimpleName(),
                        RolledBackException.class.getSimpleName(),
                        ServerErrorException.class.getSimpleName(),
                        NotExecutedException.class.getSimpleName());
        assertThat(outcomes)
                .extracting(
                        outcome -> ((PipelineOutcome.Failed) outcome).failure().effect())
                .containsOnly(ServerEffect.NONE);
        assertThat(value("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(done(session.pipeline(List.of(insert(1), insert(2)), PipelineSync.BATCH)))
                .hasOnlyElementsOfType(PipelineOutcome.Succeeded.class);
        assertThat(value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void whatABatchCommittedItselfIsThere() throws Exception {
        ExtendedQuery commit = ParameterizedQuery.of("COMMIT", List.of());
        List<PipelineOutcome> outcomes =
                done(session.pipeline(List.of(insert(1), commit, insert(2), insert(2)), PipelineSync.BATCH));

        assertThat(outcomes.get(0)).isInstanceOf(PipelineOutcome.Succeeded.class);
        assertThat(outcomes.get(1).orThrow().commandTag()).isEqualTo("COMMIT");
        assertThat(outcomes.get(2)).isInstanceOf(PipelineOutcome.Failed.class);
        assertThat(value("SELECT string_agg(n::text, ',') FROM t")).isEqualTo("1");
    }

    @Test
    void whatADeferredConstraintFindsAtSyncFailsTheBatch() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE child (n int REFERENCES t DEFERRABLE INITIALLY DEFERRED)"));
        List<ParameterizedQuery> queries = List.of(
                ParameterizedQuery.of("INSERT INTO child VALUES (1)", List.of()),
                ParameterizedQuery.of("SELECT 1", List.of()));

        List<PipelineOutcome> outcomes = done(session.pipeline(queries, PipelineSync.BATCH));

        assertThatThrownBy(outcomes.get(0)::orThrow).isInstanceOf(RolledBackException.class);
        assertThatThrownBy(outcomes.get(1)::orThrow)
                .isInstanceOfSatisfying(
                        ServerErrorException.class,
                        e -> assertThat(e.sqlState()).isEqualTo("23503"));
        assertThat(value("SELECT count(*) FROM child")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(PipelineSync.class)
    void aThousandStatementsOfAPipelineAreAnsweredInOrder(PipelineSync sync) throws Exception {
        List<ParameterizedQuery> queries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            queries.add(ParameterizedQuery.of("SELECT $1::int * 2", List.of(Parameter.text(Integer.toString(i)))));
        }

        List<PipelineOutcome> outcomes = done(session.pipeline(queries, sync));

        for (int i = 0; i < queries.size(); i++) {
            assertThat(outcomes.get(i).orThrow().onlyRow().text(0)).isEqualTo(Integer.toString(2 * i));
        }
    }

    @Test
    void aStatementIsPreparedAtItsSecondUse() throws Exception {
        use("SELECT 1 AS once");
        assertThat(cachedStatements()).isEmpty();
        use("SELECT 1 AS once");
        assertThat(cachedStatements()).containsExactly("SELECT 1 AS once");
        assertThat(use("SELECT 1 AS once").onlyRow().text("once")).isEqualTo("1");
    }

    @Test
    void aTableThatChangedDoesNotFailAQuery() throws Exception {
        done(session.query("INSERT INTO t VALUES (7)"));
        for (int i = 0; i < 3; i++) {
            assertThat(use("SELECT * FROM t").onlyRow().count()).isEqualTo(1);
        }
        done(session.query("ALTER TABLE t ADD COLUMN s text DEFAULT 'new'"));

        assertThat(use("SELECT * FROM t").onlyRow().text("s")).isEqualTo("new");
        assertThat(use("SELECT * FROM t").onlyRow().text("s")).isEqualTo("new");
        assertThat(cachedStatements()).containsExactly("SELECT * FROM t");
    }

    @Test
    void aTableThatChangedFailsTheTransactionAndThenIsKnown() throws Exception {
        for (int i = 0; i < 3; i++) {
            use("SELECT * FROM t");
        }
        done(session.query("BEGIN; ALTER TABLE t ADD COLUMN s text"));

        assertServerError(() -> use("SELECT * FROM t"), "0A000");
        done(session.query("ROLLBACK"));
        assertThat(use("SELECT * FROM t").rows()).isEmpty();
    }

    @Test
    void statementsThatSomebodyDroppedArePreparedAnew() throws Exception {
        for (String drop : List.of("DISCARD ALL", "DEALLOCATE ALL", "SELECT 1; DEALLOCATE ALL; SELECT 1")) {
            for (int i = 0; i < 3; i++) {
                use("SELECT 2");
            }
            assertThat(cachedStatements()).as(drop).hasSize(1);
            done(session.query(drop));
            assertThat(cachedStatements()).as(drop).isEmpty();
            assertThat(use("SELECT 2").onlyRow().text(0)).as(drop).isEqualTo("2");
        }
        String name = value("SELECT name FROM pg_prepared_statements LIMIT 1");
        done(session.query("DEALLOCATE " + name));
        assertThat(use("SELECT 2").onlyRow().text(0)).isEqualTo("2");
    }

    @Test
    void aNameIsLookedUpInTheNewSearchPath() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE places (a int)"));
        done(session.query("INSERT INTO places VALUES (1)"));
        done(session.query("CREATE SCHEMA IF NOT EXISTS other_places"));
        done(session.query("CREATE TABLE IF NOT EXISTS other_places.places AS SELECT 'two' AS a"));
        for (int i = 0; i < 3; i++) {
            assertThat(use("SELECT a FROM places").onlyRow().text(0)).isEqualTo("1");
        }

        done(session.query("SET search_path TO other_places, pg_temp"));

        assertThat(use("SELECT a FROM places").onlyRow().text(0)).isEqualTo("two");
        done(session.query("DROP SCHEMA other_places CASCADE"));
    }

    @Test
    void theServerHoldsNoMoreStatementsThanTheCache() throws Exception {
        Session small =
                WATCHED.connect(WatchedClient.to(SERVER).statementCacheSize(3).prepareThreshold(1), new RecordedLife());
        for (int i = 0; i < 20; i++) {
            done(small.query("SELECT " + i, List.of()));
            String held = done(small.query("SELECT count(*) FROM pg_prepared_statements"))
                    .only()
                    .onlyRow()
                    .text(0);
            assertThat(Integer.parseInt(String.valueOf(held))).isLessThanOrEqualTo(3);
        }
        small.close();
    }

    @Test
    void eachOperationAndItsOutcomeIsRecorded() throws Exception {
        CountedTap tap = new CountedTap();
        Session recorded = WATCHED.connect(WatchedClient.to(SERVER).tap(tap), new RecordedLife());
        done(recorded.prepare("one", "SELECT 1"));
        done(recorded.execute("one", List.of()));
        done(recorded.closeStatement("one"));
        done(recorded.pipeline(List.of(ParameterizedQuery.of("SELECT 1/0", List.of())), PipelineSync.BATCH));
        done(recorded.pipeline(List.of(), PipelineSync.EACH));
        recorded.close();
        done(recorded.ended());

        assertThat(tap.operations())
                .containsExactly(
                        "1 prepare",
                        "1 succeeded",
                        "2 execute",
                        "2 succeeded",
                        "3 close-statement",
                        "3 succeeded",
                        "4 pipeline",
                        "4 ServerError",
                        "5 pipeline",
                        "5 succeeded");
    }
}
