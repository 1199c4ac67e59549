package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;

/** The sslmode ladder against real servers: with TLS, with TLS for another host name, and without TLS. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SslModeTest {
    private static final PostgresServer LOCAL = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private static @Nullable PostgresServer elsewhere;
    private static @Nullable PostgresServer plain;

    @BeforeAll
    static void start() {
        elsewhere = PostgresServer.start(PostgresOptions.defaults().tls("db.example"));
        plain = PostgresServer.start(PostgresOptions.defaults());
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(elsewhere).close();
        Objects.requireNonNull(plain).close();
    }

    /** Rows: server, mode, whose root certificate, the host asked for, what comes of it. */
    @ParameterizedTest
    @CsvSource({
        "local,     DISABLE,     none,     localhost, plaintext",
        "local,     PREFER,      none,     localhost, TLSv1.3",
        "local,     REQUIRE,     none,     localhost, TLSv1.3",
        "local,     REQUIRE,     stranger, localhost, TlsAuthFailed",
        "local,     VERIFY_CA,   own,      localhost, TLSv1.3",
        "local,     VERIFY_CA,   stranger, localhost, TlsAuthFailed",
        "local,     VERIFY_CA,   none,     localhost, TlsAuthFailed",
        "local,     VERIFY_CA,   absent,   localhost, TlsHandshakeFailed",
        "local,     VERIFY_FULL, own,      localhost, TLSv1.3",
        "local,     VERIFY_FULL, own,      127.0.0.1, TLSv1.3",
        "local,     VERIFY_FULL, stranger, localhost, TlsAuthFailed",
        "elsewhere, REQUIRE,     none,     localhost, TLSv1.3",
        "elsewhere, VERIFY_CA,   own,      localhost, TLSv1.3",
        "elsewhere, VERIFY_FULL, own,      localhost, TlsAuthFailed",
        "elsewhere, VERIFY_FULL, own,      127.0.0.1, TlsAuthFailed",
        "plain,     DISABLE,     none,     localhost, plaintext",
        "plain,     PREFER,      none,     localhost, plaintext",
        "plain,     REQUIRE,     none,     localhost, SslServerRefused",
        "plain,     VERIFY_CA,   stranger, localhost, SslServerRefused",
        "plain,     VERIFY_FULL, stranger, localhost, SslServerRefused"
    })
    void eachModeAsksForWhatItSays(String server, SslMode mode, String root, String host, String outcome)
            throws Exception {
        PostgresServer asked = named(server);
        ConnectOptionsBuilder options = WatchedClient.to(asked).host(host).sslMode(mode);
        if (!root.equals("none")) {
            options.sslRootCertificate(rootCertificate(asked, root));
        }
        RecordedLife life = new RecordedLife();
        Session session = WATCHED.connect(options, life);

        if (outcome.equals("plaintext") || outcome.startsWith("TLSv")) {
            String version = session.query(
                            "SELECT coalesce(version, 'plaintext') FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .get(30, TimeUnit.SECONDS)
                    .only()
                    .onlyRow()
                    .text(0);
            assertThat(version).isEqualTo(outcome);
            session.close();
        } else {
            session.ended().get(30, TimeUnit.SECONDS);
            assertThat(life.lines())
                    .isEqualTo(List.of("connected", "connection-failed " + outcome, "shutdown ConnectionFailed"));
        }
    }

    private static PostgresServer named(String name) {
        return switch (name) {
            case "local" -> LOCAL;
            case "elsewhere" -> Objects.requireNonNull(elsewhere);
            default -> Objects.requireNonNull(plain);
        };
    }

    private static Path rootCertificate(PostgresServer server, String whose) throws Exception {
        return switch (whose) {
            case "own" -> server.caCertificate().orElseThrow();
            case "stranger" ->
                Path.of(Objects.requireNonNull(SslModeTest.class.getResource("/tls/stranger.crt"))
                        .toURI());
            default -> Path.of("absent.crt");
        };
    }
}
