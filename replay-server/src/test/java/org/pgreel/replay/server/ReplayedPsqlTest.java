package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ConnectionOutcome;

/** psql and pgbench print the same to the byte when the server that they were recorded against is gone. */
@Timeout(180)
final class ReplayedPsqlTest {
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

    private static RecordedRun<ClientProgram.Result> recorded;

    @TempDir
    Path directory;

    @BeforeAll
    static void record() throws Exception {
        recorded = RecordedRun.of(target -> psql(target, Map.of()));
        assertThat(recorded.result().output())
                .as(recorded.result().errors())
                .contains("Asynchronous notification", "two, too", "drei ä€");
        assertThat(recorded.result().errors()).contains("NOTICE:  by the way", "duplicate key", "\"nowhere\"");
    }

    private static ClientProgram.Result psql(RecordedRun.Target target, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(target.environment());
        environment.putAll(more);
        return ClientProgram.run(List.of("psql", "-X"), SCRIPT, environment);
    }

    private static ReplaySettings scram(String password) {
        return ReplaySettings.DEFAULTS.withAuthentication(AuthenticationMethod.SCRAM_SHA_256, null, password);
    }

    @Test
    void itPrintsTheSameToTheByte() throws Exception {
        try (ReplayServer server = ReplayServer.builder(recorded.recording()).start()) {
            ClientProgram.Result replayed = psql(recorded.target(server, ""), Map.of());

            assertThat(replayed).isEqualTo(recorded.result());
            assertThat(server.report().text()).contains("played to the end, nothing left over");
            assertThat(server.report().passed()).isTrue();
        }
    }

    @Test
    void overTlsWithScramBoundToTheChannelItPrintsTheSame() throws Exception {
        try (ReplayServer server = ReplayServer.builder(recorded.recording())
                .settings(scram("another-password"))
                .tls()
                .start()) {
            Path root = writePem(server);

            ClientProgram.Result replayed = psql(
                    recorded.target(server, "another-password"),
                    Map.of(
                            "PGSSLMODE", "verify-full",
                            "PGSSLROOTCERT", root.toString(),
                            "PGCHANNELBINDING", "require"));

            assertThat(replayed).isEqualTo(recorded.result());
            assertThat(server.report().passed()).isTrue();
        }
    }

    private Path writePem(ReplayServer server) throws Exception {
        byte[] certificate = server.certificate().orElseThrow().getEncoded();
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return Files.writeString(
                directory.resolve("root.crt"), "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void everyLoginMethodWorks() throws Exception {
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            try (ReplayServer server = ReplayServer.builder(recorded.recording())
                    .settings(ReplaySettings.DEFAULTS.withAuthentication(method, recorded.user(), "pass,wörd"))
                    .start()) {
                assertThat(psql(recorded.target(server, "pass,wörd"), Map.of()))
                        .as(method.word())
                        .isEqualTo(recorded.result());
            }
        }
    }

    @Test
    void aWrongPasswordIsRefusedAsByPostgres() throws Exception {
        try (ReplayServer server = ReplayServer.builder(recorded.recording())
                .settings(scram("right"))
                .start()) {
            ClientProgram.Result refused = psql(recorded.target(server, "wrong"), Map.of());

            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.errors())
                    .contains("FATAL:  password authentication failed for user \"" + recorded.user() + "\"");
            assertThat(psql(recorded.target(server, "right"), Map.of())).isEqualTo(recorded.result());
            assertThat(server.report().count(ConnectionOutcome.REFUSED)).isEqualTo(1);
            assertThat(server.report().passed()).isTrue();
        }
    }

    @Test
    void aSecondPsqlMeetsAServerThatKnowsNothing() throws Exception {
        try (ReplayServer server = ReplayServer.builder(recorded.recording()).start()) {
            psql(recorded.target(server, ""), Map.of());

            ClientProgram.Result surplus = psql(recorded.target(server, ""), Map.of());

            assertThat(surplus.status()).isEqualTo(2);
            assertThat(surplus.errors())
                    .contains("FATAL:  no recorded connection is left for user \"postgres\", database \"postgres\"");
            assertThat(server.report().passed()).isFalse();
        }
    }

    @Test
    void aPsqlThatDepartsIsToldWhere() throws Exception {
        try (ReplayServer server = ReplayServer.builder(recorded.recording()).start()) {
            ClientProgram.Result departed = ClientProgram.run(
                    List.of("psql", "-X", "-c", "drop table t"),
                    "",
                    recorded.target(server, "").environment());

            assertThat(departed.status()).isNotZero();
            assertThat(departed.errors())
                    .contains("FATAL:  departed from the recording at frontend message 1 (#1@")
                    .contains("Query.sql: expected \"create table t (id int primary key, name text);\","
                            + " got \"drop table t\"");
            assertThat(server.report().departures()).hasSize(1);
            assertThat(server.report().departures().get(0).message()).isEqualTo(1);
        }
    }

    @Test
    void pgbenchIsServedSimpleAndPrepared() throws Exception {
        for (String protocol : List.of("simple", "prepared")) {
            List<String> command = List.of(
                    "pgbench", "-S", "-n", "--random-seed=7", "-c", "1", "-t", "100", "-M", protocol, "postgres");
            RecordedRun<ClientProgram.Result> run = RecordedRun.of(
                    ReplayedPsqlTest::fillForPgbench, target -> ClientProgram.run(command, "", target.environment()));
            assertAllProcessed(run.result());
            try (ReplayServer server = ReplayServer.builder(run.recording()).start()) {
                assertAllProcessed(
                        ClientProgram.run(command, "", run.target(server, "").environment()));
                assertThat(server.report().text()).contains("nothing left over");
            }
        }
    }

    private static void fillForPgbench(PostgresServer server) throws Exception {
        var environment = new RecordedRun.Target(
                        server.port(), server.user(), server.password(), java.util.Optional.empty())
                .environment();
        var command = new ArrayList<>(List.of("pgbench", "-i", "-q", "-s", "1", "postgres"));
        assertThat(ClientProgram.run(command, "", environment).status()).isZero();
    }

    private static void assertAllProcessed(ClientProgram.Result result) {
        assertThat(result.status()).as(result.errors()).isZero();
        assertThat(result.output())
                .contains("number of transactions actually processed: 100/100")
                .contains("number of failed transactions: 0 (0.000%)");
    }
}
