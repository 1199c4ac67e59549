package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.ScriptedBackend.Step;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.PgException;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.transport.EnginePair;
import org.pgreel.transport.RawServer;

/**
 * Server, session and client end a connection at the same moment, at every step of a login and behind it, with TLS and
 * without: the callbacks keep their order, the last of them comes once, and every operation completes once, in order.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class EndRaceTest {
    private static final int ROUNDS = 150;
    private static final int OPERATIONS = 3;
    private static final long PATIENCE_SECONDS = 30;

    private static final Throwable NO_FAILURE = new Throwable("none");
    private static final String ORDER = "(connected,)?(authenticated,)?(status IDLE,)*"
            + "(connection-failed \\w+,shutdown ConnectionFailed|shutdown (?!ConnectionFailed)\\w+)";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RawServer server = new RawServer();
    private final SSLContext context;

    EndRaceTest() throws Exception {
        context = EnginePair.context("server", null);
    }

    @AfterEach
    void end() throws IOException {
        threads.shutdownNow();
        server.close();
    }

    /** How far the server goes before it ends the connection. */
    private enum Reach {
        ACCEPTED,
        CONSENT_TO_TLS,
        INSIDE_THE_HANDSHAKE,
        LOGIN,
        READY,
        ANSWERED
    }

    /** How the server ends the connection. */
    private enum Ending {
        END_OF_STREAM,
        CLOSE,
        RESET,
        FATAL,
        FATAL_AND_CLOSE,
        JUNK,
        NOTHING
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callbacksKeepTheirOrderWhoeverEndsTheSession(boolean epoll) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            round(new Random(seed), epoll, "seed " + seed);
        }
    }

    private void round(Random random, boolean epoll, String name) throws Exception {
        boolean tls = random.nextBoolean();
        Reach reach = Reach.values()[random.nextInt(Reach.values().length)];
        Step step = Step.values()[random.nextInt(Step.values().length)];
        Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
        int closing = ending == Ending.NOTHING ? 1 + random.nextInt(3) : random.nextInt(4);
        String what = name + ": tls " + tls + ", " + reach + " " + step + ", " + ending + ", close " + closing;

        RecordedLife life = new RecordedLife();
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier together = new CyclicBarrier(closing == 0 ? 1 : 2);
        PgClient client = PgClient.builder().eventLoops(1).nativeSockets(epoll).build();
        Session session = client.connect(options(tls), life);
        List<CompletableFuture<?>> operations = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int number = i;
            CompletableFuture<QueryResults> operation = session.query("SELECT 1");
            CompletableFuture<QueryResults> unused = operation.whenComplete((result, why) -> completed.add(number));
            operations.add(operation);
        }
        Future<?> serving = threads.submit(() -> serve(tls, reach, step, ending, together));
        if (closing > 0) {
            await(together);
        }
        if (closing == 1 || closing == 3) {
            session.close();
        }
        if (closing >= 2) {
            client.close();
        }

        session.ended().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.close();
        serving.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (CompletableFuture<?> operation : operations) {
            Throwable failure = operation
                    .<Throwable>handle((result, why) -> why == null ? NO_FAILURE : why)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(failure == NO_FAILURE || failure instanceof PgException)
                    .as(what)
                    .isTrue();
        }
        assertThat(completed).as(what).hasSize(OPERATIONS).isSorted();
        assertThat(String.join(",", life.withoutParameters())).as(what).matches(ORDER);
        assertThat(life.lines()).as(what).last().asString().startsWith("shutdown ");
        assertThat(life.elsewhere()).as(what).isEmpty();
        assertThat(client.transport().sessionCount()).as(what).isZero();
    }

    private ConnectOptions options(boolean tls) {
        return ConnectOptions.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("alice")
                .password(ScriptedBackend.PASSWORD)
                .sslMode(tls ? SslMode.REQUIRE : SslMode.DISABLE)
                .build();
    }

    private void serve(boolean tls, Reach reach, Step step, Ending ending, CyclicBarrier together) {
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend backend = ScriptedBackend.on(peer.socket());
            if (reach != Reach.ACCEPTED && tls) {
                backend.readUntyped();
                peer.send("S");
                if (reach == Reach.INSIDE_THE_HANDSHAKE) {
                    peer.read(20);
                } else if (reach != Reach.CONSENT_TO_TLS) {
                    SSLSocket encrypted =
                            (SSLSocket) context.getSocketFactory().createSocket(peer.socket(), null, true);
                    encrypted.setUseClientMode(false);
                    backend = ScriptedBackend.on(encrypted);
                }
            }
            if (reach == Reach.LOGIN) {
                backend.loginUpTo(step);
            } else if (reach == Reach.READY || reach == Reach.ANSWERED) {
                backend.login();
            }
            if (reach == Reach.ANSWERED) {
                backend.answer("1");
            }
            await(together);
            end(peer, backend, ending);
            byte[] unused = peer.readAll();
        } catch (IOException ended) {
            // The client was faster.
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static void end(RawServer.Peer peer, ScriptedBackend backend, Ending ending) throws IOException {
        if (ending == Ending.FATAL || ending == Ending.FATAL_AND_CLOSE) {
            backend.send(ErrorResponse.of("FATAL", "57P01", "terminating connection due to administrator command"));
        }
        switch (ending) {
            case END_OF_STREAM -> peer.endOutput();
            case CLOSE, FATAL_AND_CLOSE -> peer.close();
            case RESET -> peer.reset();
            case JUNK -> peer.send("\1\2\3\4\5\6\7junk".getBytes(StandardCharsets.ISO_8859_1));
            case FATAL, NOTHING -> {}
        }
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }
}
