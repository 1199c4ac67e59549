package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTcp;
import org.pgreel.client.LoadBalanceHosts;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.Session;
import org.pgreel.client.TargetSessionAttrs;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;

/** Several hosts over real sockets: a port without a server, a server that says nothing, real servers of both kinds. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SeveralHostsTest {

    private static final PostgresServer WRITABLE = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private static @Nullable PostgresServer readOnly;

    private final RecordedLife life = new RecordedLife();

    @BeforeAll
    static void start() throws Exception {
        PostgresServer started = PostgresServer.start(PostgresOptions.defaults());
        readOnly = started;
        Session session = WATCHED.client().connect(WatchedClient.to(started).build());
        session.query("ALTER DATABASE \"" + started.database() + "\" SET default_transaction_read_only = on")
                .get(30, TimeUnit.SECONDS);
        session.close();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(readOnly).close();
    }

    private static PostgresServer readOnly() {
        return Objects.requireNonNull(readOnly);
    }

    private static ServerAddress addressOf(PostgresServer server) {
        return new ServerAddress.Tcp(server.host(), server.port());
    }

    private static ServerAddress nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ServerAddress.Tcp("127.0.0.1", socket.getLocalPort());
        }
    }

    @Test
    void aPortWithoutServerLeadsToTheNextHost() throws Exception {
        Session session = WATCHED.connect(to(List.of(nobody(), addressOf(WRITABLE))), life);

        session.ready().get(30, TimeUnit.SECONDS);
        assertThat(session.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.reason()).isInstanceOf(ConnectionFailedTcp.class));
        assertThat(life.withoutParameters()).containsExactly("connected", "authenticated", "status IDLE");
        session.close();
    }

    @Test
    void aServerThatSaysNothingHasItsTimeOnly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerAddress address = new ServerAddress.Tcp("127.0.0.1", silent.getLocalPort());
            Session session = WATCHED.connect(
                    to(List.of(address, addressOf(WRITABLE))).attemptTimeout(Duration.ofMillis(400)), life);

            session.ready().get(30, TimeUnit.SECONDS);
            assertThat(session.attempts()).hasSize(1);
            assertThat(life.withoutParameters()).containsExactly("connected", "authenticated", "status IDLE");
            session.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"READ_WRITE, off, 1", "READ_ONLY, on, 0", "PRIMARY, on, 0", "PREFER_STANDBY, on, 2", "ANY, on, 0"})
    void theKindOfServerDecides(TargetSessionAttrs target, String readOnly, int attempts) throws Exception {
        Session session = WATCHED.connect(
                to(List.of(addressOf(readOnly()), addressOf(WRITABLE))).targetSessionAttrs(target), life);

        String answer = session.query("SHOW default_transaction_read_only")
                .get(30, TimeUnit.SECONDS)
                .only()
                .onlyRow()
                .text(0);
        assertThat(answer).isEqualTo(readOnly);
        assertThat(session.attempts()).hasSize(attempts);
        assertThat(life.withoutParameters()).startsWith("connected", "authenticated", "status IDLE");
        session.close();
    }

    @Test
    void noServerOfThatKindIsAFailure() throws Exception {
        Session session = WATCHED.connect(
                to(List.of(addressOf(readOnly()), addressOf(WRITABLE))).targetSessionAttrs(TargetSessionAttrs.STANDBY),
                life);
        session.ended().get(30, TimeUnit.SECONDS);

        assertThat(life.lines())
                .containsExactly(
                        "connected", "connection-failed TargetSessionAttrsNotMet", "shutdown ConnectionFailed");
        assertThat(session.attempts()).hasSize(2);
    }

    @Test
    void inRandomOrderEveryServerIsFound() throws Exception {
        for (int round = 0; round < 5; round++) {
            Session session = WATCHED.connect(
                    to(List.of(nobody(), addressOf(WRITABLE), nobody())).loadBalanceHosts(LoadBalanceHosts.RANDOM),
                    new RecordedLife());
            session.ready().get(30, TimeUnit.SECONDS);
            session.close();
        }
    }

    private static ConnectOptionsBuilder to(List<ServerAddress> servers) {
        return WatchedClient.to(WRITABLE).addresses(servers);
    }
}
