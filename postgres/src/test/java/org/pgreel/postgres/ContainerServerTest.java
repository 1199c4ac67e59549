package org.pgreel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server in a container is set up, stopped and killed as one on this machine is. Skipped, with a word, where no Docker engine answers. */
@Timeout(300)
class ContainerServerTest {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerServerTest.class);
    private static final String IMAGE =
            System.getProperty("pgreel.postgres.image", "postgres:" + PostgresSource.NEWEST);

    @BeforeAll
    static void requireAnEngine() {
        boolean answers = ContainerServer.engineAnswers();
        if (!answers) {
            LOG.info("skipped: no Docker engine answers");
        }
        assumeTrue(answers, "no Docker engine answers");
    }

    private static PostgresOptions options() {
        return PostgresOptions.defaults().source(new PostgresSource.Container(IMAGE));
    }

    @Test
    void itHasTheRolesSettingsAndCertificateThatWereAskedFor() throws SQLException {
        PostgresOptions options =
                options().tls().setting("cluster_name", "it's set").role("o'wner", "it's; \\ -- ", AuthMethod.MD5);
        for (AuthMethod method : AuthMethod.values()) {
            options = options.role("by " + method.hba(), "of " + method.hba(), method);
        }
        try (var server = PostgresServer.start(options)) {
            assertThat(server.describe()).startsWith("PostgreSQL ").contains("(container of " + IMAGE + ") on ");
            for (Role role : server.roles()) {
                assertThat(one(server, login(role.name(), role.password()), "SELECT current_user"))
                        .isEqualTo(role.name());
                if (role.method() != AuthMethod.TRUST) {
                    assertThatThrownBy(() -> one(server, login(role.name(), "not " + role.password()), "SELECT 1"))
                            .hasMessageContaining("password authentication failed");
                }
            }
            Properties superuser = login(server.user(), server.password());
            assertThat(one(server, superuser, "SHOW cluster_name")).isEqualTo("it's set");
            superuser.setProperty("sslmode", "verify-full");
            superuser.setProperty("channelBinding", "require");
            superuser.setProperty(
                    "sslrootcert", server.caCertificate().orElseThrow().toString());
            assertThat(one(server, superuser, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("TLSv1.3");
            assertThat(server.log()).anySatisfy(line -> assertThat(line).contains("ready to accept connections"));
        }
    }

    @Test
    void stoppingTellsTheClientsAndLeavesNothing() throws SQLException {
        var server = PostgresServer.start(options().tls());
        Path root = server.caCertificate().orElseThrow();
        try (Connection connection = connect(server, login(server.user(), server.password()));
                Statement statement = connection.createStatement()) {
            server.stop();

            assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
        assertThat(root.getParent()).doesNotExist();
        assertThat(server.log()).anySatisfy(line -> assertThat(line).contains("database system is shut down"));
    }

    @Test
    void afterAKillNobodyIsToldAnything() throws SQLException {
        try (var server = PostgresServer.start(options());
                Connection connection = connect(server, login(server.user(), server.password()));
                Statement statement = connection.createStatement()) {
            server.kill9();

            assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
            assertThatThrownBy(() -> one(server, login(server.user(), server.password()), "SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static Properties login(String user, String password) {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return login;
    }

    private static Connection connect(PostgresServer server, Properties login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database(), login);
    }

    private static String one(PostgresServer server, Properties login, String sql) throws SQLException {
        try (Connection connection = connect(server, login);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
