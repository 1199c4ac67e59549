package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SslCertMode;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import org.pgreel.client.TlsVersion;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.transport.Certificates;

/** TLS at once, client certificates and versions of TLS, against a real server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class DirectTlsTest {

    private static final int DIRECT_SINCE = 17;

    /** Not watched: the first handshake with a certificate loads classes for longer than a turn may take. */
    private static final PgClient CLIENT = PgClient.builder().eventLoops(1).build();

    private static @Nullable PostgresServer server;
    private static @Nullable PostgresServer plain;

    private final RecordedLife life = new RecordedLife();

    @BeforeAll
    static void start() {
        server = PostgresServer.start(PostgresOptions.defaults()
                .tls()
                .setting("ssl_ca_file", Certificates.file("authority.crt").toString())
                .role("reader", "unused", AuthMethod.SCRAM_SHA_256)
                .hba("hostssl all reader 127.0.0.1/32 cert"));
        plain = PostgresServer.start(PostgresOptions.defaults());
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        Objects.requireNonNull(server).close();
        Objects.requireNonNull(plain).close();
    }

    private static PostgresServer server() {
        return Objects.requireNonNull(server);
    }

    private static ConnectOptionsBuilder to() {
        return WatchedClient.to(server())
                .host("localhost")
                .sslMode(SslMode.VERIFY_FULL)
                .sslRootCertificate(server().caCertificate().orElseThrow());
    }

    private static ConnectOptionsBuilder withCertificate() {
        return to().user("reader").sslCertificate(Certificates.file("client.crt"), Certificates.file("client.key"));
    }

    @ParameterizedTest
    @CsvSource({"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
    void tlsAtOnceReachesReadyInEveryModeThatDemandsTls(SslMode mode) throws Exception {
        assumeServerKnowsDirectTls();
        Session session = connect(to().sslMode(mode).sslNegotiation(SslNegotiation.DIRECT), life);

        assertThat(only(session, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo("TLSv1.3");
        session.close();
    }

    @Test
    void aServerWithoutTlsEndsADirectHandshake() throws Exception {
        ConnectOptionsBuilder options = WatchedClient.to(Objects.requireNonNull(plain))
                .sslMode(SslMode.REQUIRE)
                .sslNegotiation(SslNegotiation.DIRECT);
        ended(connect(options, life));

        assertThat(life.lines())
                .isEqualTo(List.of("connected", "connection-failed TlsHandshakeFailed", "shutdown ConnectionFailed"));
    }

    @ParameterizedTest
    @CsvSource({"POSTGRES, ALLOW", "POSTGRES, REQUIRE", "DIRECT, ALLOW", "DIRECT, REQUIRE"})
    void aCertificateLogsIn(SslNegotiation negotiation, SslCertMode mode) throws Exception {
        if (negotiation == SslNegotiation.DIRECT) {
            assumeServerKnowsDirectTls();
        }
        Session session = connect(withCertificate().sslNegotiation(negotiation).sslCertMode(mode), life);

        assertThat(only(session, "SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo("/CN=reader");
        session.close();
    }

    @Test
    void aKeyInPkcs8UnderAPasswordLogsIn() throws Exception {
        Session session = connect(
                withCertificate()
                        .sslCertificate(Certificates.file("client.crt"), Certificates.file("client-encrypted.key"))
                        .sslPassword("opensesame"::toCharArray),
                life);

        assertThat(only(session, "SELECT current_user")).isEqualTo("reader");
        session.close();
    }

    @Test
    void aCertificateThatIsNotShownDoesNotLogIn() throws Exception {
        ended(connect(withCertificate().sslCertMode(SslCertMode.DISABLE), life));

        assertThat(life.lines()).contains("connection-failed InvalidAuthorizationSpecification");
    }

    @Test
    void aServerThatDoesNotAskForTheCertificateIsRefusedWhereItMust() throws Exception {
        PostgresServer other = PostgresServer.shared();
        Assumptions.assumeTrue(other.caCertificate().isPresent(), "the shared server has no TLS");
        ended(connect(
                WatchedClient.to(other)
                        .sslMode(SslMode.REQUIRE)
                        .sslCertificate(Certificates.file("client.crt"), Certificates.file("client.key"))
                        .sslCertMode(SslCertMode.REQUIRE),
                life));

        assertThat(life.lines()).contains("connection-failed AuthenticationMethodRejected");
    }

    @ParameterizedTest
    @CsvSource({"V1_2, TLSv1.2", "V1_3, TLSv1.3"})
    void theVersionIsWithinTheBounds(TlsVersion newest, String version) throws Exception {
        Session session = connect(to().sslMaxProtocolVersion(newest).sslSni(false), life);

        assertThat(only(session, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo(version);
        session.close();
    }

    private static void assumeServerKnowsDirectTls() {
        Assumptions.assumeTrue(
                server().majorVersion() >= DIRECT_SINCE, "direct TLS is known since PostgreSQL " + DIRECT_SINCE);
    }

    private static Session connect(ConnectOptionsBuilder options, RecordedLife life) {
        return CLIENT.connect(options.build(), life);
    }

    private static void ended(Session session) throws Exception {
        session.ended().get(30, TimeUnit.SECONDS);
    }

    private static String only(Session session, String sql) throws Exception {
        return session.query(sql).get(30, TimeUnit.SECONDS).only().onlyRow().text(0);
    }
}
