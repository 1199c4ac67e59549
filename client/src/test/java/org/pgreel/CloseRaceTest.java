package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.PgException;
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
    private static final int OPERATIONS = 500;
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
        try (RawServer server = listening()) {
            int begun = 0;
            for (int round = 0; round < ROUNDS; round++) {
                List<Asked> all = race(epoll, server.port());
                for (Asked asked : all) {
                    requireItsEnd(asked);
                }
                begun += all.size();
            }
            assertThat(begun).as("connects before the close").isPositive();
        }
    }

    /** Returns a server that says nothing and ends each connection when the client does. */
    private RawServer listening() {
        RawServer server = new RawServer();
        threads.execute(() -> {
            try {
                while (true) {
                    RawServer.Peer peer = server.accept();
                    threads.execute(() -> readToTheEnd(peer));
                }
            } catch (IOException over) {
                // The test is over.
            }
        });
        return server;
    }

    private static void readToTheEnd(RawServer.Peer accepted) {
        try (RawServer.Peer peer = accepted) {
            byte[] unused = peer.readAll();
        } catch (IOException reset) {
            // The client gave the connection up.
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyOperationSubmittedAroundTheCloseFails(boolean epoll) throws Exception {
        try (RawServer server = listening()) {
            for (int round = 0; round < ROUNDS / 10; round++) {
                for (CompletableFuture<?> operation : submitAroundTheClose(epoll, server.port())) {
                    assertThat(failureOf(operation)).isInstanceOf(PgException.class);
                }
            }
        }
    }

    @Test
    void aSessionWhoseCallbackOutlastsTheCloseIsShutDownWhenItReturns() throws Exception {
        CountDownLatch mayReturn = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        RecordedLife life = new RecordedLife() {
            @Override
            public void pgSessionConnected(Session session) {
                super.pgSessionConnected(session);
                called.countDown();
                try {
                    assertThat(mayReturn.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                            .isTrue();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        };
        try (RawServer server = listening()) {
            PgClient client = PgClient.builder().eventLoops(1).build();
            Session session = client.connect(options(server.port()), life);
            CompletableFuture<?> early = session.query("SELECT 1");
            assertThat(called.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            client.close();
            CompletableFuture<?> late = session.query("SELECT 2");
            assertThat(life.lines()).containsExactly("connected");
            mayReturn.countDown();
            assertThat(failureOf(early)).isInstanceOf(PgException.class);
            assertThat(failureOf(late)).isInstanceOf(PgException.class);
            assertThat(session.ended().get(PATIENCE_SECONDS, TimeUnit.SECONDS).name())
                    .isEqualTo("SessionClosed");
            assertThat(life.lines()).containsExactly("connected", "shutdown SessionClosed");
        }
    }

    private List<CompletableFuture<?>> submitAroundTheClose(boolean epoll, int port) throws Exception {
        PgClient client = PgClient.builder().eventLoops(1).nativeSockets(epoll).build();
        Session session = client.connect(options(port));
        CyclicBarrier together = new CyclicBarrier(CONNECTING + 1);
        List<Future<List<CompletableFuture<?>>>> submitting = new ArrayList<>();
        for (int i = 0; i < CONNECTING; i++) {
            submitting.add(threads.submit(() -> {
                together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                List<CompletableFuture<?>> operations = new ArrayList<>();
                for (int number = 0; number < OPERATIONS; number++) {
                    operations.add(session.query("SELECT 1"));
                }
                return operations;
            }));
        }
        together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.close();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Future<List<CompletableFuture<?>>> one : submitting) {
            all.addAll(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return all;
    }

    private static Throwable failureOf(CompletableFuture<?> operation) throws Exception {
        return operation.<Throwable>handle((result, failure) -> failure).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static ConnectOptions options(int port) {
        return ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .user("alice")
                .sslMode(SslMode.DISABLE)
                .build();
    }

    private List<Asked> race(boolean epoll, int port) throws Exception {
        PgClient client = PgClient.builder().eventLoops(1).nativeSockets(epoll).build();
        ConnectOptions options = options(port);
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
        assertThat(failureOf(asked.operation())).isInstanceOf(PgException.class);
        assertThat(asked.life().lines())
                .endsWith("shutdown SessionClosed")
                .filteredOn(line -> line.startsWith("shutdown"))
                .hasSize(1);
        assertThat(asked.life().lines()).isSubsetOf("connected", "shutdown SessionClosed");
    }
}
