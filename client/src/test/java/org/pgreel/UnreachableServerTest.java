package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;

/** Servers that cannot even be reached; the callbacks begin with the failure. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class UnreachableServerTest {
    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private static final int FILLERS_MAX = 100;

    private final RecordedLife life = new RecordedLife();

    private static ConnectOptionsBuilder to(String host, int port) {
        return ConnectOptions.builder().host(host).port(port).user("alice");
    }

    private void failed(Session session, String reason) throws Exception {
        session.ended().get(60, TimeUnit.SECONDS);
        assertThat(life.lines()).containsExactly("connection-failed " + reason, "shutdown ConnectionFailed");
        assertThatThrownBy(() -> session.query("SELECT 1").get(1, TimeUnit.SECONDS))
                .isNotNull();
    }

    @Test
    void aNameWithoutAnAddressIsDns() throws Exception {
        failed(
                WATCHED.connect(to("no-such-host.invalid", 5432).connectTimeout(Duration.ofSeconds(50)), life),
                "ConnectionFailedDns");
        assertThat(life.reason.sentence()).contains("no-such-host.invalid");
    }

    @Test
    void aPortThatNobodyListensOnIsTcp() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        // The name has two addresses on many machines; both are tried.
        failed(WATCHED.connect(to("localhost", port), life), "ConnectionFailedTcp");
        assertThat(life.reason.sentence()).contains("localhost:" + port);
        assertThat(life.reason.cause()).isInstanceOf(IOException.class);
    }

    @Test
    void aUnixSocketThatIsNotThereIsTcp() throws Exception {
        failed(
                WATCHED.connect(
                        ConnectOptions.builder()
                                .unixSocket(Path.of("/nonexistent/.s.PGSQL.5432"))
                                .user("alice"),
                        life),
                "ConnectionFailedTcp");
    }

    @Test
    void aServerThatDoesNotAnswerTheConnectionIsBounded() throws Exception {
        List<Socket> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, fillers);
            failed(
                    WATCHED.connect(to("127.0.0.1", full.getLocalPort()).connectTimeout(Duration.ofMillis(300)), life),
                    "ConnectionFailedTimeout");
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    /** Connects until the server's backlog is full, so that the next connection is not answered. */
    private static void fill(ServerSocket server, List<Socket> fillers) throws IOException {
        for (int i = 0; i < FILLERS_MAX; i++) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException nowFull) {
                return;
            }
        }
        throw new AssertionError("the backlog does not fill");
    }

    @Test
    void closingBeforeTheConnectionIsUpEndsTheSessionAlone() throws Exception {
        List<Socket> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, fillers);
            Session session = WATCHED.connect(to("127.0.0.1", full.getLocalPort()), life);
            session.close();
            session.ended().get(30, TimeUnit.SECONDS);
            assertThat(life.lines()).containsExactly("shutdown SessionClosed");
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }
}
