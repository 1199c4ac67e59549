package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.AcquireTimedOutException;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.PoolOptionsBuilder;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.transport.RawServer;

/** A pool whose server does what a healthy one never does, in a time that goes on when the test says so. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class PoolFailureTest {
    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RawServer server = new RawServer();
    private final ManualTimers timers = new ManualTimers();
    private SessionPool pool = pool(options());

    private PoolOptionsBuilder options() {
        return PoolOptions.builder()
                .max(3)
                .acquireTimeout(Duration.ofMinutes(10))
                .connectRetry(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(4)))
                .timers(timers)
                .random(() -> 0);
    }

    private SessionPool pool(PoolOptionsBuilder options) {
        return WATCHED.client()
                .pool(
                        ConnectOptions.builder()
                                .host("127.0.0.1")
                                .port(server.port())
                                .user("alice")
                                .password(ScriptedBackend.PASSWORD)
                                .sslMode(SslMode.DISABLE)
                                .build(),
                        options.build());
    }

    @AfterEach
    void close() throws Exception {
        CompletableFuture<Void> end = pool.shutdown(Duration.ZERO);
        timers.advance(Duration.ZERO);
        done(end);
        server.close();
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private void refuse(String sqlState) throws IOException {
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend backend = ScriptedBackend.on(peer.socket());
            backend.readUntyped();
            backend.send(ErrorResponse.of("FATAL", sqlState, "no"));
        }
    }

    private ScriptedBackend letIn() throws IOException {
        ScriptedBackend backend = ScriptedBackend.on(server.accept().socket());
        backend.login();
        return backend;
    }

    @Test
    void aServerThatStartsUpIsAskedEverMoreRarelyUntilItLetsIn() throws Exception {
        List<CompletableFuture<Session>> waiting = List.of(pool.acquire(), pool.acquire());
        refuse("57P03");
        refuse("57P03");
        until(() -> pool.metrics().connectFailures() == 2, "both attempts have failed");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(pool.metrics().connecting()).as("attempts within the wait").isZero();

        // From the second failure on the whole wait is 2 s, of which the random half is 0; then 4 s, then no longer.
        for (int failures = 3; failures <= 5; failures++) {
            Duration wait = Duration.ofSeconds(failures == 3 ? 1 : 2);
            // A failure is counted before the next attempt is put off, which time must not overtake.
            until(() -> attempted(wait), "one attempt at a time");
            refuse("57P03");
            int all = failures;
            until(() -> pool.metrics().connectFailures() == all, "another attempt has failed");
        }
        until(() -> attempted(Duration.ofSeconds(2)), "the last attempt");
        letIn();
        done(waiting.get(0));
        letIn();
        done(waiting.get(1));
        assertThat(pool.metrics().connectFailures()).isEqualTo(5);
    }

    private boolean attempted(Duration wait) {
        if (pool.metrics().connecting() == 0) {
            timers.advance(wait);
        }
        return pool.metrics().connecting() == 1;
    }

    @Test
    void aLimitOfConnectionsIsRespectedWhileSessionsComeBack() throws Exception {
        CompletableFuture<Session> first = pool.acquire();
        ScriptedBackend backend = letIn();
        Session lent = done(first);
        CompletableFuture<Session> second = pool.acquire();
        CompletableFuture<Session> third = pool.acquire();
        refuse("53300");
        refuse("53300");
        until(() -> pool.metrics().connectFailures() == 2, "the limit is known");
        CompletableFuture<?> answer = lent.query("SELECT 1");
        backend.answer("1");
        done(answer);
        CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> answer(backend));
        lent.close();

        done(reset);
        assertThat(done(second)).isNotNull();
        assertThat(third).isNotDone();
        assertThat(pool.metrics().connecting()).as("no attempt within the wait").isZero();
    }

    private static void answer(ScriptedBackend backend) {
        try {
            backend.answer("");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWaitsInVainIsToldWhyNoneCouldConnect() throws Exception {
        CompletableFuture<Session> waiting = pool.acquire();
        refuse("53300");
        until(() -> pool.metrics().connectFailures() == 1, "the attempt has failed");
        assertThat(waiting).isNotDone();
        CompletableFuture<Session> cut = pool.acquire();
        // Nobody answers the attempts behind it.
        timers.advance(Duration.ofMinutes(10));

        for (CompletableFuture<Session> each : List.of(waiting, cut)) {
            assertThatThrownBy(() -> done(each))
                    .cause()
                    .isInstanceOf(AcquireTimedOutException.class)
                    .hasMessageContaining("the last attempt to connect failed")
                    .hasMessageContaining("53300")
                    .hasCauseInstanceOf(ConnectFailedException.class);
        }
    }

    @Test
    void anIdleSessionThatAnswersNothingIsGivenUpAndTheNextServes() throws Exception {
        CompletableFuture<Session> first = pool.acquire();
        ScriptedBackend deaf = letIn();
        done(first).close();
        timers.advance(Duration.ofSeconds(31));
        CompletableFuture<Session> second = pool.acquire();
        assertThat(deaf.readMessage('Q')).containsExactly(0);
        assertThat(second).isNotDone();

        timers.advance(Duration.ofSeconds(5));
        ScriptedBackend healthy = letIn();
        Session session = done(second);
        CompletableFuture<?> answer = session.query("SELECT 1");
        healthy.answer("1");
        done(answer);
        assertThat(pool.metrics().closed()).isEqualTo(1);
    }

    @Test
    void aResetThatIsNotAnsweredEndsTheSession() throws Exception {
        CompletableFuture<Session> first = pool.acquire();
        ScriptedBackend backend = letIn();
        Session session = done(first);
        CompletableFuture<?> answer = session.query("SELECT 1");
        backend.answer("1");
        done(answer);
        session.close();
        backend.readMessage('Q');
        timers.advance(Duration.ofSeconds(5));
        done(session.ended());
        until(() -> pool.metrics().total() == 0, "the place is free");
    }

    @Test
    void aPoolOfPrimariesLeavesAServerThatTakesNoWrites() throws Exception {
        done(pool.shutdown(Duration.ZERO));
        pool = pool(options().max(2).primariesOnly(true));
        CompletableFuture<Session> waiting = pool.acquire();
        ScriptedBackend standby = ScriptedBackend.on(server.accept().socket());
        standby.loginUpTo(ScriptedBackend.Step.OK);
        standby.send(
                new ParameterStatus("in_hot_standby", "on"),
                new ParameterStatus("default_transaction_read_only", "off"),
                new ReadyForQuery(TransactionStatus.IDLE));
        until(() -> pool.metrics().standbys() == 1, "the standby is found");
        assertThat(waiting).isNotDone();

        timers.advance(Duration.ofSeconds(1));
        ScriptedBackend primary = ScriptedBackend.on(server.accept().socket());
        primary.loginUpTo(ScriptedBackend.Step.OK);
        primary.send(
                new ParameterStatus("in_hot_standby", "off"),
                new ParameterStatus("default_transaction_read_only", "off"),
                new ReadyForQuery(TransactionStatus.IDLE));
        Session session = done(waiting);
        session.close();
        until(() -> pool.metrics().idle() == 1, "it is back");

        primary.send(new ParameterStatus("default_transaction_read_only", "on"));
        done(session.ended());
        until(() -> pool.metrics().total() == 0, "the demoted primary is left");
    }

    @Test
    void aServerThatSaysNothingOfItselfIsAskedWhetherItTakesWrites() throws Exception {
        done(pool.shutdown(Duration.ZERO));
        pool = pool(options().max(2).primariesOnly(true));
        CompletableFuture<Session> waiting = pool.acquire();
        letIn().answer("on");
        until(() -> pool.metrics().standbys() == 1, "the standby is found");
        timers.advance(Duration.ofSeconds(1));
        ScriptedBackend primary = letIn();
        primary.answer("off");
        Session session = done(waiting);

        CompletableFuture<?> refused = session.query("INSERT INTO t VALUES (1)");
        primary.readMessage('Q');
        primary.send(
                ErrorResponse.of("ERROR", "25006", "cannot execute INSERT in a read-only transaction"),
                new ReadyForQuery(TransactionStatus.IDLE));
        assertThatThrownBy(() -> done(refused)).hasMessageContaining("25006");
        session.close();
        primary.answer("");
        primary.answer("on");
        done(session.ended());
        assertThat(pool.metrics().standbys()).isEqualTo(2);
    }
}
