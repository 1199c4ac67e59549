package org.pgreel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EveryMajorTest {

    @ParameterizedTest
    @ValueSource(strings = {"14", "15", "16", "17", "18"})
    void aMajorVersionStartsWithTlsAndScram(String major) throws SQLException {
        PostgresOptions options = PostgresOptions.defaults()
                .source(PostgresSource.embedded(major))
                .tls();
        try (var server = PostgresServer.start(options)) {
            Properties login = new Properties();
            login.setProperty("user", server.user());
            login.setProperty("password", server.password());
            login.setProperty("sslmode", "verify-full");
            login.setProperty("channelBinding", "require");
            login.setProperty(
                    "sslrootcert", server.caCertificate().orElseThrow().toString());
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + server.database();
            try (Connection connection = DriverManager.getConnection(url, login)) {
                assertThat(connection.getMetaData().getDatabaseMajorVersion())
                        .isEqualTo(Integer.parseInt(major))
                        .isEqualTo(server.majorVersion());
            }
        }
    }

    @Test
    void aMajorVersionThatIsNotThereIsNamed() {
        PostgresOptions options = PostgresOptions.defaults().source(PostgresSource.embedded("9"));

        assertThatThrownBy(() -> PostgresServer.start(options))
                .isInstanceOf(PostgresUnavailableException.class)
                .hasMessageContaining("no embedded PostgreSQL 9 for")
                .hasMessageContaining(Bundle.DIRECTORY_PROPERTY);
    }
}
