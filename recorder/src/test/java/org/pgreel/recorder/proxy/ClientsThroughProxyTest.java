package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.CertificateAuthority;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;

/**
 * Clients of several kinds work through the proxy as without it, with TLS on no leg and on both, and what was recorded
 * verifies. Those that are not installed are skipped, with a sentence.
 */
@Timeout(180)
class ClientsThroughProxyTest {

    private static final int BENCH_CLIENTS = 8;

    @TempDir
    static Path files;

    @TempDir
    Path temporary;

    private static PostgresServer server;
    private static Path certificate;
    private static Path key;

    private final List<String> problems = new CopyOnWriteArrayList<>();

    /** Does something with a server at a port, and returns what it saw. */
    private interface Use {
        String of(int port, String sslmode) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        certificate = files.resolve("server.crt");
        key = files.resolve("server.key");
        CertificateAuthority.create("the server's authority")
                .issue(List.of("localhost", "127.0.0.1"))
                .writeTo(certificate, key);
        server = PostgresServer.start(source(PostgresOptions.defaults())
                .tls()
                .setting("ssl_cert_file", certificate.toString())
                .setting("ssl_key_file", key.toString()));
        if (Programs.isHere("pgbench", "--version")) {
            Programs.Ran ran =
                    Programs.run(files, command(server.port(), "pgbench", "-i", "-q"), environment("disable"), "");
            assertThat(ran.status()).as(ran.errors()).isZero();
        }
    }

    /** pg_dump refuses a server that is newer than itself, so the server that came with it is used where there is one. */
    private static PostgresOptions source(PostgresOptions options) throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (var found = Files.list(versions)) {
                List<Path> servers = found.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                        .toList();
                if (!servers.isEmpty()) {
                    return options.source(PostgresSource.parse(servers.get(0).toString()));
                }
            }
        }
        return options;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void psql(String sslmode) throws Exception {
        Programs.require("psql", "psql", "--version");
        assertSame(sslmode, (port, mode) -> {
            Programs.Ran ran =
                    Programs.run(temporary, command(port, "psql", "-X", "-a"), environment(mode), ClientScripts.PSQL);
            return ran.status() + ran.output() + ran.errors();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "simple,disable", "simple,require",
        "extended,disable", "extended,require",
        "prepared,disable", "prepared,require"
    })
    void pgbench(String protocol, String sslmode) throws Exception {
        Programs.require("pgbench", "pgbench", "--version");
        String clients = Integer.toString(BENCH_CLIENTS);
        assertSame(sslmode, (port, mode) -> {
            Programs.Ran ran = Programs.run(
                    temporary,
                    command(port, "pgbench", "-n", "-M", protocol, "-c", clients, "-t", "25"),
                    environment(mode),
                    "");
            assertThat(ran.status()).as(ran.errors()).isZero();
            assertThat(ran.output()).contains("number of transactions actually processed: 200/200");
            return "";
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void pgDump(String sslmode) throws Exception {
        Programs.require("pg_dump", "pg_dump", "--version");
        assertSame(sslmode, (port, mode) -> {
            Programs.Ran ran = Programs.run(temporary, command(port, "pg_dump", "--inserts"), environment(mode), "");
            assumeTrue(!ran.errors().contains("server version mismatch"), "pg_dump is older than the server here");
            assertThat(ran.status()).as(ran.errors()).isZero();
            assertThat(ran.output()).contains("pgbench_branches");
            // Newer ones fence the dump with a key that they draw.
            return ran.output().replaceAll("(?m)^\\\\(un)?restrict .*$", "");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void psycopg(String sslmode) throws Exception {
        String python = Programs.isHere("python3", "-c", "import psycopg") ? "python3" : "/usr/bin/python3";
        Programs.require("psycopg", python, "-c", "import psycopg");
        Path script = Files.writeString(temporary.resolve("client.py"), ClientScripts.PSYCOPG);
        assertSame(sslmode, (port, mode) -> {
            String target = "host=127.0.0.1 port=" + port + " user=" + server.user() + " dbname=" + server.database();
            Programs.Ran ran =
                    Programs.run(temporary, List.of(python, script.toString(), target), environment(mode), "");
            assertThat(ran.status()).as(ran.errors()).isZero();
            return ran.output();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void nodePostgres(String sslmode) throws Exception {
        Programs.require("node-postgres (found by NODE_PATH)", "node", "-e", "require('pg')");
        Path script = Files.writeString(temporary.resolve("client.js"), ClientScripts.NODE);
        assertSame(sslmode, (port, mode) -> {
            Programs.Ran ran = Programs.run(
                    temporary,
                    List.of("node", script.toString(), Integer.toString(port), server.database(), mode),
                    environment(mode),
                    "");
            assertThat(ran.status()).as(ran.errors()).isZero();
            assertThat(ran.output()).contains("22012", "hello");
            return ran.output();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void pgjdbc(String sslmode) throws Exception {
        assertSame(sslmode, ClientsThroughProxyTest::jdbc);
    }

    private static String jdbc(int port, String sslmode) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(Map.of("user", server.user(), "password", server.password(), "sslmode", sslmode));
        StringBuilder seen = new StringBuilder();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + server.database();
        try (Connection connection = DriverManager.getConnection(url, properties);
                PreparedStatement prepared =
                        connection.prepareStatement("select n, md5(n::text) from generate_series(1, ?) n")) {
            connection.setAutoCommit(false);
            prepared.setFetchSize(7);
            for (int i = 0; i < 8; i++) {
                prepared.setInt(1, 20 + i);
                try (ResultSet rows = prepared.executeQuery()) {
                    while (rows.next()) {
                        seen.append(rows.getInt(1)).append(rows.getString(2)).append('\n');
                    }
                }
            }
            connection.commit();
        }
        return seen.toString();
    }

    private void assertSame(String sslmode, Use use) throws Exception {
        String direct = use.of(server.port(), sslmode);
        Path directory = temporary.resolve("journal");
        String recorded;
        try (ChronicleJournal journal = ChronicleJournal.open(directory);
                RecordingProxy proxy = proxy(journal, sslmode.equals("require"))) {
            recorded = use.of(proxy.address().getPort(), sslmode);
        }
        assertThat(recorded).isEqualTo(direct);
        assertThat(problems).isEmpty();
        Recording recording = Recordings.open(directory);
        assertThat(recording.sessions()).isNotEmpty();
        assertThat(recording.verification().complete())
                .as(recording.verification().toString())
                .isTrue();
    }

    private RecordingProxy proxy(ChronicleJournal journal, boolean encrypted) throws IOException {
        RecordingProxyBuilder builder = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", server.port())
                .upstreamSslMode(encrypted ? SslMode.REQUIRE : SslMode.DISABLE)
                .onProblem(problems::add);
        return (encrypted ? builder.clientTls(ProxyCertificate.ofFiles(certificate, key)) : builder).start();
    }

    private static List<String> command(int port, String program, String... words) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(words));
        command.addAll(
                List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", server.user(), server.database()));
        return command;
    }

    private static Map<String, String> environment(String sslmode) {
        return Map.of(
                "PGPASSWORD",
                server.password(),
                "PGUSER",
                server.user(),
                "PGSSLMODE",
                sslmode,
                "PGGSSENCMODE",
                "disable");
    }
}
