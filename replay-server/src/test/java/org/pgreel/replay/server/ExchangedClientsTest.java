package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.ExchangeReport;
import org.postgresql.PGStatement;

/** Real clients are recorded against PostgreSQL and answered by exchanges without it. */
@Timeout(180)
final class ExchangedClientsTest {
    private static final String SCRIPT = """
            create table t (id int primary key, name text);
            \\copy t from stdin
            1\tone
            2\ttwo, too
            \\.
            begin;
            insert into t values (3, 'drei ä€');
            savepoint s;
            insert into t values (3, 'again');
            rollback to s;
            commit;
            table t;
            copy t to stdout;
            do $$ begin raise notice 'by the way'; end $$;
            listen news;
            notify news, 'hello';
            select pg_backend_pid() > 0 as alive;
            select * from nowhere;
            set application_name = 'renamed';
            select 1 as a \\; select 2 as b;
            select generate_series(1, 3) \\gdesc
            \\d t
            notify news, 'bye';
            """;

    private static final ReplaySettings EXCHANGES = ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE);

    private static <R> ReplayServer serve(RecordedRun<R> run, ReplaySettings settings) throws Exception {
        return ReplayServer.builder(run.recording()).settings(settings).start();
    }

    private static ExchangeReport exchanges(ReplayServer server) {
        ExchangeReport report = server.report().exchanges();
        assertThat(report).isNotNull();
        return report;
    }

    private static ClientProgram.Result psql(RecordedRun.Target target) throws Exception {
        return ClientProgram.run(List.of("psql", "-X"), SCRIPT, target.environment());
    }

    @Test
    void psqlPrintsTheSameAndNothingIsLeftOver() throws Exception {
        RecordedRun<ClientProgram.Result> run = RecordedRun.of(target -> psql(target));
        try (ReplayServer server = serve(run, EXCHANGES.withStrict(true))) {
            assertThat(psql(run.target(server, ""))).isEqualTo(run.result());
            assertThat(exchanges(server).misses()).isEmpty();
            assertThat(exchanges(server).leftOver()).isEmpty();
            assertThat(exchanges(server).repeated()).isZero();
        }
    }

    @Test
    void aLargeResultIsServedFromAFileByMessageAndByExchange() throws Exception {
        String script = "select 1;\nselect n, repeat('x', 999) from generate_series(1, 20000) n;\n"
                + "copy (select n, repeat('y', 999) from generate_series(1, 15000) n) to stdout;\nselect 2;\n";
        RecordedRun<ClientProgram.Result> run =
                RecordedRun.of(target -> ClientProgram.run(List.of("psql", "-X", "-A"), script, target.environment()));
        assertThat(run.result().output()).hasSizeGreaterThan(35_000_000).endsWith("2\n(1 row)\n");
        for (ReplaySettings settings : List.of(EXCHANGES, ReplaySettings.DEFAULTS)) {
            try (ReplayServer server = serve(run, settings)) {
                RecordedRun.Target target = run.target(server, "");
                ClientProgram.Result replayed =
                        ClientProgram.run(List.of("psql", "-X", "-A"), script, target.environment());
                assertThat(replayed.equals(run.result())).isTrue();
                assertThat(server.report().passed()).isTrue();
            }
        }
    }

    @Test
    void aLargeResultIsReadInPortionsAndInBinaryToo() throws Exception {
        RecordedRun<String> run = RecordedRun.of(target -> sums(target, 0));
        try (ReplayServer server = serve(run, EXCHANGES)) {
            assertThat(sums(run.target(server, ""), 700)).isEqualTo(run.result());
            assertThat(exchanges(server).misses()).isEmpty();
        }
    }

    private static String sums(RecordedRun.Target target, int fetchSize) throws SQLException {
        try (Connection connection = JdbcPrograms.connect(target, "disable")) {
            connection.setAutoCommit(false);
            try (PreparedStatement select =
                    connection.prepareStatement("select n, repeat('x', 999) from generate_series(1, 12000) n")) {
                select.unwrap(PGStatement.class).setPrepareThreshold(fetchSize == 0 ? 0 : -1);
                select.setFetchSize(fetchSize);
                long sum = 0;
                long characters = 0;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sum += rows.getInt(1);
                        characters += rows.getString(2).length();
                    }
                }
                connection.commit();
                return sum + " " + characters;
            }
        }
    }

    @Test
    void aProgramOnPgjdbcSeesTheSameAndNothingIsLeftOver() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> JdbcPrograms.everything(target, "disable"));
        try (ReplayServer server = serve(run, EXCHANGES)) {
            assertThat(JdbcPrograms.everything(run.target(server, ""), "disable"))
                    .as(server.report().text())
                    .isEqualTo(run.result());
            assertThat(exchanges(server).misses()).isEmpty();
            assertThat(exchanges(server).leftOver()).isEmpty();
        }
    }

    private static List<String> lookUps(RecordedRun.Target target, int threshold, int... keys) throws SQLException {
        var seen = new ArrayList<String>();
        var separate = new RecordedRun.Target(target.port(), target.user(), target.password(), target.server());
        try (Connection connection = JdbcPrograms.connect(separate, "disable");
                PreparedStatement select =
                        connection.prepareStatement("select ?::int4 * 2, 'name ' || ?::int4, 1.50::numeric, true")) {
            select.unwrap(PGStatement.class).setPrepareThreshold(threshold);
            for (int key : keys) {
                select.setInt(1, key);
                select.setInt(2, key);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    seen.add(rows.getInt(1) + " " + rows.getString(2) + " " + rows.getBigDecimal(3) + " "
                            + rows.getBoolean(4));
                }
            }
        }
        return seen;
    }

    @Test
    void whatWasRecordedInTextIsAskedForInBinaryAndInAnotherOrder() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> lookUps(target, 0, 1, 2, 3, 4));
        try (ReplayServer server = serve(run, EXCHANGES)) {
            RecordedRun.Target target = run.target(server, "");
            List<String> expected = new ArrayList<>(run.result());
            Collections.reverse(expected);
            assertThat(lookUps(target, -1, 4, 3, 2, 1))
                    .as(server.report().text())
                    .isEqualTo(expected);
            assertThat(exchanges(server).misses()).isEmpty();
            assertThat(exchanges(server).leftOver()).isEmpty();
            // A question whose answers are all equal is answered again.
            assertThat(lookUps(target, 1, 2)).isEqualTo(run.result().subList(1, 2));
            assertThat(exchanges(server).repeated()).isEqualTo(1);
        }
    }

    @Test
    void oneChangedParameterIsOneClearMiss() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> lookUps(target, 5, 1, 2, 3));
        try (ReplayServer server = serve(run, EXCHANGES)) {
            assertThatThrownBy(() -> lookUps(run.target(server, ""), 5, 1, 2, 7))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("RP001");
                        assertThat(e.getMessage())
                                .contains("the nearest exchange, #1@", "parameter 1: recorded \"3\", got \"7\"");
                    });
            ExchangeReport report = exchanges(server);
            assertThat(report.misses()).hasSize(1);
            ExchangeMiss miss = report.misses().get(0);
            assertThat(miss.differences()).hasSize(2);
            assertThat(report.leftOver()).hasSize(1);
            assertThat(server.report().passed()).isFalse();
        }
    }

    @Test
    void strictAnswersOnlyAsOftenAsItWasRecorded() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> lookUps(target, 0, 1));
        try (ReplayServer server = serve(run, EXCHANGES.withStrict(true))) {
            assertThatThrownBy(() -> lookUps(run.target(server, ""), 0, 1, 1)).hasMessageContaining("no answer");
            assertThat(exchanges(server).misses()).hasSize(1);
        }
    }

    @Test
    void connectionsInParallelAreAnsweredEachByItsOwnRuns() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(JdbcPrograms::inParallel);
        try (ReplayServer server = serve(run, EXCHANGES)) {
            assertThat(JdbcPrograms.inParallel(run.target(server, ""))).isEqualTo(run.result());
            assertThat(exchanges(server).misses()).isEmpty();
            assertThat(exchanges(server).leftOver()).isEmpty();
        }
    }

    private static List<String> own(RecordedRun.Target target, String last) throws Exception {
        var seen = new ArrayList<String>();
        var options = ConnectOptions.builder()
                .host("127.0.0.1")
                .port(target.port())
                .user(target.user())
                .database("postgres")
                .password(target.password())
                .sslMode(SslMode.DISABLE)
                .build();
        try (var client = PgClient.create()) {
            var session = client.connect(options);
            for (String sql : List.of("begin", "select 1 + 1", "select 'a' || 'b'", "commit", last)) {
                var results = session.query(sql).get(20, TimeUnit.SECONDS);
                seen.add(results.results().toString());
            }
            session.close();
            session.ended().get(20, TimeUnit.SECONDS);
        }
        return seen;
    }

    @Test
    void ourOwnClientIsToldTheSameAndAMissLeavesItsSessionAlive() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> own(target, "select 3"));
        try (ReplayServer server = serve(run, EXCHANGES)) {
            assertThat(own(run.target(server, ""), "select 3")).isEqualTo(run.result());
            assertThat(exchanges(server).passed()).isTrue();
            assertThatThrownBy(() -> own(run.target(server, ""), "select 4"))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("RP001");
        }
    }
}
