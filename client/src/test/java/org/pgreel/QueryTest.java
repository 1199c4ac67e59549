package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.client.Parameter;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Row;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;

/** Operations against a real server. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class QueryTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RecordedLife life = new RecordedLife();
    private Session session = WATCHED.connect(WatchedClient.to(SERVER), life);

    @BeforeEach
    void ready() throws Exception {
        session.ready().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.elsewhere()).isEmpty();
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void severalStatementsGiveSeveralResults() throws Exception {
        QueryResults results = done(
                session.query(
                        "CREATE TEMPORARY TABLE t (a int, b text); INSERT INTO t VALUES (1, 'one'), (2, NULL); SELECT * FROM t; ;"));
        assertThat(results.results())
                .extracting(QueryResult::commandTag)
                .startsWith("CREATE TABLE", "INSERT 0 2", "SELECT 2");
        QueryResult selected = results.results().get(2);
        assertThat(selected.rows()).hasSize(2);
        assertThat(selected.rows().get(0).text("b")).isEqualTo("one");
        assertThat(selected.rows().get(1).isNull(1)).isTrue();
    }

    @Test
    void parametersMayBeNullAndHoldAnyText() throws Exception {
        String text = "Ελληνικά, 日本語, '; DROP TABLE t; --, \uD83D\uDC18";
        QueryResult result = done(session.query(
                "SELECT $1::text, $2::text, $3::int + 1, octet_length($1)",
                List.of(Parameter.text(text), Parameter.ofNull(), Parameter.text("41"))));
        Row row = result.onlyRow();
        assertThat(row.text(0)).isEqualTo(text);
        assertThat(row.text(1)).isNull();
        assertThat(row.text(2)).isEqualTo("42");
        assertThat(row.text(3)).isEqualTo(Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
    }

    @Test
    void anErrorFailsItsOperationAndNoOther() throws Exception {
        CompletableFuture<QueryResults> wrong = session.query("SELECT 1/0");
        CompletableFuture<QueryResults> right = session.query("SELECT 1");
        assertThatThrownBy(() -> done(wrong))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ServerErrorException.class, error -> {
                    assertThat(error.sqlState()).isEqualTo("22012");
                    assertThat(error.mayHaveExecuted()).isFalse();
                });
        assertThat(done(right).only().onlyRow().text(0)).isEqualTo("1");
        assertThatThrownBy(() -> done(session.query("SELECT $1", List.of())))
                .cause()
                .isInstanceOf(ServerErrorException.class);
        assertThat(done(session.query("SELECT $1::int", List.of(Parameter.text("7"))))
                        .onlyRow()
                        .text(0))
                .isEqualTo("7");
    }

    @Test
    void theTransactionsStatusIsToldAtEveryReadyForQuery() throws Exception {
        done(session.query("BEGIN"));
        done(session.query("SELECT 1"));
        done(session.query("no statement").handle((result, failure) -> "failed"));
        done(session.query("ROLLBACK"));
        close();
        assertThat(life.withoutParameters())
                .containsExactly(
                        "connected",
                        "authenticated",
                        "status IDLE",
                        "status IN_BLOCK",
                        "status IN_BLOCK",
                        "status FAILED",
                        "status IDLE",
                        "shutdown SessionClosed");
    }

    @Test
    void anErrorThatOnlyCommittingShowsFailsTheOperationAndLeavesNothing() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE parent (id int PRIMARY KEY);"
                + " CREATE TEMPORARY TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"));
        List<CompletableFuture<?>> failing = List.of(
                session.query("INSERT INTO child VALUES ($1)", List.of(Parameter.text("1"))),
                session.query("INSERT INTO child VALUES (2)"),
                session.query("INSERT INTO child VALUES (3); INSERT INTO child VALUES (4)"));
        for (CompletableFuture<?> one : failing) {
            assertThatThrownBy(() -> done(one)).cause().isInstanceOfSatisfying(ServerErrorException.class, error -> {
                assertThat(error.sqlState()).isEqualTo("23503");
                assertThat(error.effect()).isEqualTo(ServerEffect.NONE);
            });
        }
        assertThat(done(session.query("SELECT * FROM child")).only().rows()).isEmpty();
    }

    @Test
    void copyGoesBothWays() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE copied (n int, t text)"));
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < 20_000; n++) {
            lines.append(n).append("\tvalue ").append(n).append('\n');
        }
        QueryResult in =
                done(session.copyIn("COPY copied FROM STDIN", lines.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(in.rowCount()).hasValue(20_000);
        QueryResult out = done(session.query("COPY (SELECT * FROM copied ORDER BY n) TO STDOUT"))
                .only();
        assertThat(out.copiedText()).isEqualTo(lines.toString());
    }

    @Test
    void aBadLineFailsTheCopyAndTheSessionGoesOn() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE copied (n int)"));
        byte[] data = "1\nnot a number\n3\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> done(session.copyIn("COPY copied FROM STDIN", data)))
                .cause()
                .isInstanceOf(ServerErrorException.class);
        assertThat(done(session.query("SELECT count(*) FROM copied"))
                        .only()
                        .onlyRow()
                        .text(0))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"DISABLE", "REQUIRE"})
    void aHundredThousandRowsArriveWithAndWithoutTls(SslMode mode) throws Exception {
        Session large = WATCHED.connect(WatchedClient.to(SERVER).sslMode(mode), new RecordedLife());
        QueryResult result = done(large.query("SELECT n, md5(n::text) FROM generate_series(1, 100000) n"))
                .only();
        assertThat(result.rows()).hasSize(100_000);
        assertThat(result.rows().get(99_999).text(0)).isEqualTo("100000");
        large.close();
    }

    @Test
    void operationsOfManyThreadsCompleteEachWithItsOwnAnswer() throws Exception {
        int threads = 4;
        int each = 250;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            all.add(CompletableFuture.runAsync(() -> {
                List<CompletableFuture<String>> answers = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    answers.add(session.query("SELECT '" + number + "/" + i + "'")
                            .thenApply(results ->
                                    String.valueOf(results.only().onlyRow().text(0))));
                }
                for (int i = 0; i < each; i++) {
                    assertThat(answers.get(i).orTimeout(60, TimeUnit.SECONDS).join())
                            .isEqualTo(number + "/" + i);
                }
            }));
        }
        done(CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])));
    }
}
