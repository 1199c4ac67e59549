package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.AcquireTimedOutException;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.Session;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.PoolOptionsBuilder;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.postgres.PostgresServer;

/** A pool of a role that the server limits: in its connections, or to reading. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class PoolLimitsTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String ROLE = "pgreel_scram";

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final ManualTimers timers = new ManualTimers();
    private final SessionPool pool = pool(options());
    private final Session superuser = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife());

    private PoolOptionsBuilder options() {
        return PoolOptions.builder()
                .max(3)
                .connectRetry(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .acquireTimeout(Duration.ofSeconds(20))
                .timers(timers)
                .random(() -> 0);
    }

    private static SessionPool pool(PoolOptionsBuilder options) {
        return WATCHED.client().pool(WatchedClient.to(SERVER).user(ROLE).build(), options.build());
    }

    @AfterEach
    void close() throws Exception {
        superuser("ALTER ROLE " + ROLE + " CONNECTION LIMIT -1");
        superuser("ALTER ROLE " + ROLE + " RESET default_transaction_read_only");
        superuser.close();
        close(pool);
    }

    private void close(SessionPool open) throws Exception {
        CompletableFuture<Void> end = open.shutdown(Duration.ZERO);
        timers.advance(Duration.ZERO);
        done(end);
    }

    private void superuser(String sql) throws Exception {
        done(superuser.query(sql));
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aPoolThatMayHaveFewerSessionsThanMaxSharesThem() throws Exception {
        superuser("ALTER ROLE " + ROLE + " CONNECTION LIMIT 1");
        Session only = done(pool.acquire());
        CompletableFuture<Session> second = pool.acquire();
        CompletableFuture<Session> third = pool.acquire();
        until(() -> pool.metrics().connectFailures() >= 1 && pool.metrics().connecting() == 0, "53300 was told");
        only.close();
        Session again = done(second);
        assertThat(again.processId()).isEqualTo(only.processId());

        timers.advance(Duration.ofSeconds(20));
        assertThatThrownBy(() -> done(third))
                .cause()
                .isInstanceOf(AcquireTimedOutException.class)
                .hasMessageContaining("53300");
        until(() -> pool.metrics().connecting() == 0, "no attempt is under way");
        superuser("ALTER ROLE " + ROLE + " CONNECTION LIMIT -1");
        CompletableFuture<Session> later = pool.acquire();
        timers.advance(Duration.ofSeconds(1));
        done(later).close();
        again.close();
    }

    @Test
    void aPoolOfPrimariesWaitsUntilTheServerTakesWrites() throws Exception {
        SessionPool primaries = pool(options().primariesOnly(true));
        superuser("ALTER ROLE " + ROLE + " SET default_transaction_read_only = on");
        CompletableFuture<Session> waiting = primaries.acquire();
        until(() -> primaries.metrics().standbys() == 1, "it is found read only");
        assertThat(waiting).isNotDone();
        superuser("ALTER ROLE " + ROLE + " RESET default_transaction_read_only");
        timers.advance(Duration.ofSeconds(1));
        Session writing = done(waiting);

        // The borrower's own read-only transaction is refused a write, but the server is none that takes no writes.
        assertThatThrownBy(() -> done(writing.query(
                        "BEGIN READ ONLY; CREATE TEMPORARY TABLE t (n int); CREATE TABLE public.t (n int)")))
                .hasMessageContaining("25006");
        writing.close();
        assertThat(done(primaries.acquire()).processId()).isEqualTo(writing.processId());
        assertThat(primaries.metrics().standbys()).isEqualTo(1);
        close(primaries);
    }

    @Test
    void theStatementsOfABorrowerAreClosedBehindIt() throws Exception {
        Session first = done(pool.acquire());
        done(first.prepare("mine", "SELECT 1"));
        done(first.prepare("closed", "SELECT 2"));
        done(first.closeStatement("closed"));
        first.close();
        Session second = done(pool.acquire());
        assertThat(second.processId()).isEqualTo(first.processId());
        done(second.prepare("mine", "SELECT 'other'"));
        assertThat(done(second.execute("mine", List.of())).onlyRow().text(0)).isEqualTo("other");
        second.close();
    }

    @Test
    void whatABorrowerListenedToItsSuccessorDoesNotHearTwice() throws Exception {
        BlockingQueue<String> former = new LinkedBlockingQueue<>();
        BlockingQueue<String> latter = new LinkedBlockingQueue<>();
        Session first = done(pool.acquire());
        done(first.listen("news", notification -> former.add(notification.payload())));
        first.close();
        Session second = done(pool.acquire());
        assertThat(second.processId()).isEqualTo(first.processId());
        assertThat(second.channels()).isEmpty();
        done(second.listen("news", notification -> latter.add(notification.payload())));
        done(second.notify("news", "fresh"));
        assertThat(latter.poll(30, TimeUnit.SECONDS)).isEqualTo("fresh");
        assertThat(former).isEmpty();
        second.close();
    }
}
