package org.pgreel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to a server other than the embedded binaries; each is skipped, with the reason, where the machine does not have it. */
@Timeout(300)
class OtherSourcesTest {

    private static final Logger LOG = LoggerFactory.getLogger(OtherSourcesTest.class);

    @Test
    void anInstalledServerIsStartedFromItsDirectoryOrItsPath() throws SQLException {
        Optional<Path> installed = InstalledProgram.find("postgres");
        if (installed.isEmpty()) {
            skip("no postgres is installed");
        }
        try (var server = started(installed.get().toString())) {
            assertThat(currentUser(server)).isEqualTo(server.user());
            assertThat(server.describe()).contains("(installed in ");
        }
    }

    @Test
    void aRunningServerIsNamedByItsUrlAndNotStopped() throws SQLException {
        PostgresServer shared = PostgresServer.shared();
        String url =
                "postgresql://" + shared.user() + ":" + shared.password() + "@127.0.0.1:" + shared.port() + "/postgres";
        try (var server = started(url)) {
            assertThat(server.version()).isEqualTo(shared.version());
            assertThat(server.describe()).contains("(by its URL) on 127.0.0.1:" + shared.port());

            server.stop();
        }
        assertThat(currentUser(shared)).isEqualTo(shared.user());
    }

    @Test
    void aWrongPasswordInTheUrlIsSaidWithoutThePassword() {
        assertThatThrownBy(() -> started("postgresql://postgres:wrong-one@127.0.0.1:"
                        + PostgresServer.shared().port() + "/postgres"))
                .isInstanceOf(PostgresUnavailableException.class)
                .hasMessageStartingWith("cannot use the PostgreSQL on 127.0.0.1:")
                .hasMessageNotContaining("wrong-one");
    }

    @Test
    void whatIsNoServerIsSaidInOneSentence(@TempDir Path empty) {
        assertThatThrownBy(() -> PostgresSource.parse(empty.toString()))
                .isInstanceOf(PostgresUnavailableException.class)
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("postgresql:// URL");
    }

    @Test
    void aDirectoryThatHoldsBinIsUnderstood(@TempDir Path home) throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path postgres = Files.createFile(bin.resolve("postgres"));
        assertThat(postgres.toFile().setExecutable(true)).isTrue();

        assertThat(PostgresSource.parse(home.toString())).isEqualTo(new PostgresSource.Installed(bin));
        assertThat(PostgresSource.parse(postgres.toString())).isEqualTo(new PostgresSource.Installed(bin));
    }

    private static void skip(String reason) {
        LOG.info("skipped: {}", reason);
        abort(reason);
    }

    private static PostgresServer started(String source) {
        return PostgresServer.start(PostgresOptions.defaults().source(PostgresSource.parse(source)));
    }

    private static String currentUser(PostgresServer server) throws SQLException {
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database();
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT current_user")) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
