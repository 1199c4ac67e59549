package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.AuthenticationMethod;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ConnectionFailureReason.RejectedByServer;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;

/** Every way to log in to a real server, and every way in which a real server says no. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class LoginTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RecordedLife life = new RecordedLife();

    @ParameterizedTest
    @CsvSource({
        "pgreel_trust, DISABLE",
        "pgreel_trust, REQUIRE",
        "pgreel_password, DISABLE",
        "pgreel_password, REQUIRE",
        "pgreel_md5, DISABLE",
        "pgreel_md5, REQUIRE",
        "pgreel_scram, DISABLE",
        "pgreel_scram, PREFER",
        "pgreel_scram, REQUIRE"
    })
    void everyMethodLogsInWithAndWithoutTls(String role, SslMode mode) throws Exception {
        Session session = WATCHED.connect(to().user(role).sslMode(mode).requireAuth(RequireAuth.any()), life);

        assertThat(only(session, "SELECT current_user")).isEqualTo(role);
        boolean encrypted = mode != SslMode.DISABLE;
        assertThat(only(session, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo(encrypted ? "t" : "f");
        session.close();
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.withoutParameters().stream().filter(line -> !line.startsWith("notice")))
                .containsExactly(
                        "connected",
                        "authenticated",
                        "status IDLE",
                        "status IDLE",
                        "status IDLE",
                        "shutdown SessionClosed");
        assertThat(life.lines()).contains("parameter client_encoding=UTF8");
        assertThat(life.elsewhere()).isEmpty();
        assertThat(session.processId()).isPresent();
        assertThat(session.parameters())
                .containsEntry("server_version", session.parameters().get("server_version"));
    }

    @Test
    void theLoginIsBoundToTheTlsChannelWhenThatIsRequired() throws Exception {
        Path authority = SERVER.caCertificate().orElseThrow();
        Session session = WATCHED.connect(
                to().user("pgreel_scram")
                        .host("localhost")
                        .sslMode(SslMode.VERIFY_FULL)
                        .sslRootCertificate(authority)
                        .channelBinding(ChannelBinding.REQUIRE)
                        .requireAuth(RequireAuth.of(Set.of(AuthenticationMethod.SCRAM_SHA_256))),
                life);
        assertThat(only(session, "SELECT 'bound'")).isEqualTo("bound");
        session.close();
    }

    @Test
    void channelBindingIsRefusedToAServerThatAsksForLess() throws Exception {
        Session session = WATCHED.connect(
                to().user("pgreel_md5")
                        .sslMode(SslMode.REQUIRE)
                        .channelBinding(ChannelBinding.REQUIRE)
                        .requireAuth(RequireAuth.any()),
                life);
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.withoutParameters())
                .containsExactly(
                        "connected", "connection-failed AuthenticationMethodRejected", "shutdown ConnectionFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgreel_password", "pgreel_md5"})
    void noPasswordLeavesTheClientInTheClearUnlessThatIsAllowed(String role) throws Exception {
        Session session = WATCHED.connect(to().user(role).sslMode(SslMode.DISABLE), life);
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.withoutParameters())
                .containsExactly(
                        "connected", "connection-failed AuthenticationMethodRejected", "shutdown ConnectionFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgreel_password", "pgreel_md5", "pgreel_scram"})
    void aWrongPasswordIsInvalidPassword(String role) throws Exception {
        Session session = WATCHED.connect(to().user(role).password("not it").requireAuth(RequireAuth.any()), life);
        assertThatThrownBy(() -> session.ready().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("28P01")
                .hasMessageNotContaining("not it");
        life.await("shutdown");
        assertThat(life.withoutParameters())
                .containsExactly("connected", "connection-failed InvalidPassword", "shutdown ConnectionFailed");
    }

    @Test
    void aMissingDatabaseIsToldBehindTheLogin() throws Exception {
        Session session = WATCHED.connect(to().database("no_such_database"), life);
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.withoutParameters())
                .containsExactly(
                        "connected",
                        "authenticated",
                        "connection-failed InvalidDatabaseName",
                        "shutdown ConnectionFailed");
        assertThat(((RejectedByServer) life.reason).response().sqlState()).isEqualTo("3D000");
    }

    @Test
    void aRoleAtItsLimitIsTooManyConnections() throws Exception {
        Session administrator = WATCHED.connect(to(), new RecordedLife());
        administrator
                .query("CREATE ROLE pgreel_limited LOGIN CONNECTION LIMIT 0 PASSWORD 'limited'")
                .get(30, TimeUnit.SECONDS);
        try {
            Session session = WATCHED.connect(to().user("pgreel_limited").password("limited"), life);
            session.ended().get(30, TimeUnit.SECONDS);
            assertThat(life.withoutParameters())
                    .contains("connection-failed TooManyConnections")
                    .endsWith("shutdown ConnectionFailed");
        } finally {
            administrator.query("DROP ROLE pgreel_limited").get(30, TimeUnit.SECONDS);
            administrator.close();
        }
    }

    @Test
    void keysAreDerivedOffTheEventLoopUpToTheCapAndRefusedAboveIt() throws Exception {
        Assumptions.assumeTrue(SERVER.majorVersion() >= 16, "scram_iterations came with PostgreSQL 16");
        Session administrator = WATCHED.connect(to(), new RecordedLife());
        administrator
                .query("SET scram_iterations = 100000; CREATE ROLE pgreel_capped LOGIN PASSWORD 'capped';"
                        + " SET scram_iterations = 100001; CREATE ROLE pgreel_over LOGIN PASSWORD 'over'")
                .get(30, TimeUnit.SECONDS);
        try {
            Session session = WATCHED.connect(to().user("pgreel_capped").password("capped"), life);
            assertThat(only(session, "SELECT current_user")).isEqualTo("pgreel_capped");
            session.close();

            RecordedLife over = new RecordedLife();
            WATCHED.connect(to().user("pgreel_over").password("over"), over)
                    .ended()
                    .get(30, TimeUnit.SECONDS);
            assertThat(over.withoutParameters())
                    .containsExactly(
                            "connected", "connection-failed ServerVerificationFailed", "shutdown ConnectionFailed");
        } finally {
            administrator
                    .query("DROP ROLE pgreel_capped; DROP ROLE pgreel_over")
                    .get(30, TimeUnit.SECONDS);
            administrator.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUnixSocketServesOnBothKindsOfSockets(boolean epoll) throws Exception {
        Path directory = SERVER.unixSocketDirectory().orElse(null);
        Assumptions.assumeTrue(directory != null, "the server has no Unix domain socket on this machine");
        try (PgClient client =
                PgClient.builder().eventLoops(1).nativeSockets(epoll).build()) {
            Session session = client.connect(
                    to().unixSocket(directory.resolve(".s.PGSQL." + SERVER.port()))
                            .sslMode(SslMode.PREFER)
                            .build(),
                    life);
            assertThat(only(session, "SELECT coalesce(host(inet_client_addr()), 'local')"))
                    .isEqualTo("local");
            session.close();
            session.ended().get(30, TimeUnit.SECONDS);
        }
        assertThat(life.withoutParameters().subList(0, 3))
                .isEqualTo(List.of("connected", "authenticated", "status IDLE"));
    }

    private static ConnectOptionsBuilder to() {
        return WatchedClient.to(SERVER);
    }

    private static String only(Session session, String sql) throws Exception {
        String value =
                session.query(sql).get(30, TimeUnit.SECONDS).only().onlyRow().text(0);
        return value == null ? "NULL" : value;
    }
}
