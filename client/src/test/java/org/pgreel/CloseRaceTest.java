package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.transport.RawServer;

/**
 * A client that is closed while sessions begin: each connect is either refused, or gets its one shutdown, and everything
 * that was submitted completes.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class CloseRaceTest {
    private static final int ROUNDS = 200;
    private static final int CONNECTING = 3;
    private static final long PATIENCE_SECONDS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** One session that a thread asked for. */
    private record Asked(Session session, RecordedLife life, CompletableFuture<?> operation) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyConnectIsRefusedOrShutDownOnce(boolean epoll) throws Exception {
        try (RawServer server = new RawServer()) {
            List<Socket> accepted = Collections.synchronizedList(new ArrayList<>());
            Future<?> accepting = threads.submit(() -> {
                while (true) {
                    accepted.add(server.accept().socket());
                }
            });
            int refused = 0;
            int begun = 0;
            for (int round = 0; round < ROUNDS; round++) {
                List<Asked> all = race(epoll, server.port());
                for (Asked asked : all) {
                    requireItsEnd(asked);
                }
                begun += all.size();
                refused += CONNECTING - all.size();
                for (Socket socket : List.copyOf(accepted)) {
                    socket.close();
                }
                accepted.clear();
            }
            assertThat(accepting.isDone()).isFalse();
            assertThat(begun + refused).isEqualTo(ROUNDS * CONNECTING);
            assertThat(begun).as("connects before the close").isPositive();
        }
    }

    private List<Asked> race(boolean epoll, int port) throws Exception {
        PgClient client = PgClient.builder().eventLoops(1).nativeSockets(epoll).build();
        ConnectOptions options = ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .user("alice")
                .sslMode(SslMode.DISABLE)
                .build();
        CyclicBarrier together = new CyclicBarrier(CONNECTING + 1);
        List<Future<@Nullable Asked>> connecting = new ArrayList<>();
        for (int i = 0; i < CONNECTING; i++) {
            connecting.add(threads.submit(connect(client, options, together)));
        }
        Future<?> closing = threads.submit(() -> {
            together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            client.close();
            return client;
        });
        List<Asked> begun = new ArrayList<>();
        for (Future<@Nullable Asked> one : connecting) {
            Asked asked = one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (asked != null) {
                begun.add(asked);
            }
        }
        closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(client.transport().sessionCount()).as("sessions left").isZero();
        return begun;
    }

    private static Callable<@Nullable Asked> connect(PgClient client, ConnectOptions options, CyclicBarrier together) {
        return () -> {
            RecordedLife life = new RecordedLife();
            together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Session session;
            try {
                session = client.connect(options, life);
            } catch (IllegalStateException refused) {
                assertThat(refused).hasMessage("the client is closed");
                assertThat(life.lines()).isEmpty();
                return null;
            }
            return new Asked(session, life, session.query("SELECT 1"));
        };
    }

    private static void requireItsEnd(Asked asked) throws Exception {
        String reason =
                asked.session().ended().get(PATIENCE_SECONDS, TimeUnit.SECONDS).name();
        assertThat(reason).isEqualTo("SessionClosed");
        assertThat(asked.operation().handle((result, failure) -> failure).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isNotNull();
        assertThat(asked.life().lines())
                .endsWith("shutdown SessionClosed")
                .filteredOn(line -> line.startsWith("shutdown"))
                .hasSize(1);
        assertThat(asked.life().lines()).isSubsetOf("connected", "shutdown SessionClosed");
    }
}
