package org.pgreel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts servers of its own where a test ends, kills or sets one up. */
@Timeout(120)
class PostgresServerTest {

    private static final PostgresServer SHARED = PostgresServer.shared();

    @Test
    void theServerSaysWhichOneItIs() {
        assertThat(SHARED.describe())
                .matches("PostgreSQL \\d+\\.\\d+.* \\(embedded binaries\\) on 127\\.0\\.0\\.1:" + SHARED.port());
        assertThat(SHARED.majorVersion()).isEqualTo(Integer.parseInt(PostgresSource.NEWEST));
    }

    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void eachMethodHasARoleThatIsAskedForIt(AuthMethod method) throws SQLException {
        Role role = SHARED.roles().stream()
                .filter(candidate -> candidate.method() == method)
                .findFirst()
                .orElseThrow();

        assertThat(one(login(SHARED, role.name(), role.password()), "SELECT current_user"))
                .isEqualTo(role.name());
        if (method != AuthMethod.TRUST) {
            assertThatThrownBy(() -> one(login(SHARED, role.name(), "not " + role.password()), "SELECT 1"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void theCertificateIsForLocalhostAndIssuedByTheAuthority() throws SQLException {
        Properties login = login(SHARED, SHARED.user(), SHARED.password());
        login.setProperty("sslmode", "verify-full");
        login.setProperty("channelBinding", "require");
        login.setProperty("sslrootcert", SHARED.caCertificate().orElseThrow().toString());

        assertThat(one(login, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo("TLSv1.3");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        try (var server = PostgresServer.start(PostgresOptions.defaults().tls("db.example"))) {
            Properties login = login(server, server.user(), server.password());
            login.setProperty("sslmode", "verify-full");
            login.setProperty(
                    "sslrootcert", server.caCertificate().orElseThrow().toString());

            assertThatThrownBy(() -> one(login, "SELECT 1")).hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void settingsQuotedNamesAndPasswordsAreKept() throws SQLException {
        PostgresOptions options = PostgresOptions.defaults()
                .role("o'wner", "it's; \\ -- ", AuthMethod.MD5)
                .setting("cluster_name", "it's set");
        try (var server = PostgresServer.start(options)) {
            Properties login = login(server, "o'wner", "it's; \\ -- ");
            Properties superuser = login(server, server.user(), server.password());

            assertThat(one(login, "SHOW cluster_name")).isEqualTo("it's set");
            assertThat(one(superuser, "SHOW unix_socket_directories"))
                    .isEqualTo(server.unixSocketDirectory().orElseThrow().toString());
        }
    }

    @Test
    void stoppingTellsTheClientsAndLeavesNothing() throws SQLException {
        var server = PostgresServer.start(PostgresOptions.defaults());
        Path directory = server.unixSocketDirectory().orElseThrow();
        try (Connection connection = connect(login(server, server.user(), server.password()));
                Statement statement = connection.createStatement()) {
            assertThat(directory).exists();

            server.stop();

            assertThat(directory).doesNotExist();
            assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
        server.close();
    }

    @Test
    void afterAKillNobodyListensAndClosingLeavesNothing() {
        var server = PostgresServer.start(PostgresOptions.defaults());
        Path directory = server.unixSocketDirectory().orElseThrow();

        server.kill9();

        assertThatThrownBy(() -> one(login(server, server.user(), server.password()), "SELECT 1"))
                .hasMessageContaining("refused");
        server.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void aServerThatWasKilledIsStartedAgainWithItsDataAndAtItsPort() throws SQLException {
        var server = PostgresServer.start(PostgresOptions.defaults().setting("synchronous_commit", "on"));
        Path directory = server.unixSocketDirectory().orElseThrow();
        Properties login = login(server, server.user(), server.password());
        one(login, "SELECT lo_create(4242)");
        server.kill9();

        server.restart();

        assertThat(one(login, "SELECT oid FROM pg_largeobject_metadata")).isEqualTo("4242");
        server.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void aStandbyFollowsUntilItIsPromoted() throws Exception {
        Optional<Path> binaries = InstalledProgram.besideServer("pg_basebackup");
        assumeTrue(binaries.isPresent(), "no PostgreSQL with pg_basebackup is installed");
        var options = PostgresOptions.defaults().source(new PostgresSource.Installed(binaries.get()));
        try (var primary = PostgresServer.start(options);
                var standby = primary.standby()) {
            Properties there = login(standby, standby.user(), standby.password());
            assertThat(standby.port()).isNotEqualTo(primary.port());
            assertThat(one(there, "SELECT pg_is_in_recovery()")).isEqualTo("t");
            assertThat(one(there, "SELECT pg_promote()")).isEqualTo("t");
            assertThat(one(there, "SELECT pg_is_in_recovery()")).isEqualTo("f");
        }
        try (var server = PostgresServer.start(PostgresOptions.defaults().source(PostgresSource.newest()))) {
            assertThatThrownBy(server::standby)
                    .isInstanceOf(PostgresUnavailableException.class)
                    .hasMessageStartingWith("a standby needs pg_basebackup");
        }
    }

    @Test
    void theServerEndsWithTheProgramThatStartedItEvenWhenThatIsKilled() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerHolder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = program.inputReader()) {
            String directory = lines.readLine();
            assertThat(directory).isNotNull();
            ProcessHandle guard = program.children().findFirst().orElseThrow();
            ProcessHandle server = guard.children().findFirst().orElseThrow();

            program.destroyForcibly();

            assertThat(server.onExit()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(guard.onExit()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(Files.exists(Path.of(directory))).isFalse();
        }
    }

    private static Properties login(PostgresServer server, String user, String password) {
        Properties login = new Properties();
        login.setProperty("PGPORT", Integer.toString(server.port()));
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("sslmode", "disable");
        return login;
    }

    private static Connection connect(Properties login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + login.getProperty("PGPORT") + "/postgres", login);
    }

    private static String one(Properties login, String sql) throws SQLException {
        try (Connection connection = connect(login);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
