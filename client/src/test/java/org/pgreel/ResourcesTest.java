package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.transport.RawServer;

/** Nothing is left behind: no session, socket or thread. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ResourcesTest {
    private static final int CONNECTS = 200;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failedConnectsLeaveNoSocketAndNoSession(boolean epoll) throws Exception {
        try (RawServer server = new RawServer();
                PgClient client =
                        PgClient.builder().eventLoops(1).nativeSockets(epoll).build()) {
            fail(client, server);
            long before = openFiles();
            for (int i = 0; i < CONNECTS / 4; i++) {
                fail(client, server);
            }
            assertThat(client.transport().sessionCount()).isZero();
            assertThat(openFiles()).as("open files").isLessThanOrEqualTo(before + 2);
        }
    }

    /** Fails in four ways: refused, without an address, ended by the server, and by the time limit. */
    private static void fail(PgClient client, RawServer server) throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        List<Session> sessions = new ArrayList<>();
        sessions.add(client.connect(to("127.0.0.1", unused).build()));
        sessions.add(client.connect(to("256.256.256.256", unused).build()));
        sessions.add(client.connect(to("127.0.0.1", server.port())
                .sslMode(SslMode.PREFER)
                .connectTimeout(Duration.ofMillis(20))
                .build()));
        try (RawServer.Peer peer = server.accept()) {
            for (Session session : sessions) {
                session.ended().get(30, TimeUnit.SECONDS);
            }
            assertThat(peer.socket().isConnected()).isTrue();
        }
        Session ended = client.connect(to("127.0.0.1", server.port()).build());
        server.accept().close();
        ended.ended().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aClosedClientLeavesNoThreadAndRefusesSessions() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        PgClient client = PgClient.builder().eventLoops(2).build();
        List<Session> sessions = new ArrayList<>();
        List<Thread> threads;
        try (RawServer server = new RawServer()) {
            for (int i = 0; i < 4; i++) {
                sessions.add(client.connect(to("127.0.0.1", server.port()).build()));
            }
            server.accept();
            threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("pgreel-client-") && !others.contains(thread))
                    .toList();
            assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
            client.close();
            client.close();
            for (Session session : sessions) {
                assertThat(session.ended().get(1, TimeUnit.SECONDS).name()).isEqualTo("SessionClosed");
                assertThatThrownBy(() -> session.query("SELECT 1").get(1, TimeUnit.SECONDS))
                        .hasMessageContaining("closed");
            }
            ConnectOptions options = to("127.0.0.1", server.port()).build();
            assertThatThrownBy(() -> client.connect(options))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the client is closed");
        }
        assertThat(client.transport().sessionCount()).isZero();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10).toMillis());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void aClientMayBeClosedFromACallback() throws Exception {
        PgClient client = PgClient.builder().eventLoops(1).build();
        try (RawServer server = new RawServer()) {
            RecordedLife life = new RecordedLife() {
                @Override
                public void pgSessionConnected(Session session) {
                    super.pgSessionConnected(session);
                    client.close();
                }
            };
            Session session = client.connect(to("127.0.0.1", server.port()).build(), life);
            assertThat(session.ended().get(30, TimeUnit.SECONDS).name()).isEqualTo("SessionClosed");
            assertThat(life.lines()).containsExactly("connected", "shutdown SessionClosed");
        }
    }

    private static ConnectOptionsBuilder to(String host, int port) {
        return ConnectOptions.builder().host(host).port(port).user("alice").sslMode(SslMode.DISABLE);
    }

    private static long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "open files can be counted on Linux only");
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
