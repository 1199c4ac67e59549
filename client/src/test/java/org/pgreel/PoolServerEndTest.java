package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.Notification;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.Session;
import org.pgreel.client.pool.ChannelListener;
import org.pgreel.client.pool.NotificationGap;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;

/** The whole server is killed with SIGKILL under a pool, and comes back. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class PoolServerEndTest {

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static PoolOptions threeAtMost() {
        return PoolOptions.builder()
                .max(3)
                .acquireTimeout(Duration.ofMinutes(2))
                .connectRetry(new RetryPolicy(1, Duration.ofMillis(20), Duration.ofMillis(200)))
                .build();
    }

    @Test
    void thoseWhoWaitWaitOnThoseWhoWorkAreToldAndNoDeadSessionIsLent() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.defaults());
                PgClient client = PgClient.create();
                SessionPool pool = client.pool(WatchedClient.to(server).build(), threeAtMost())) {
            BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
            done(pool.listen("events", remembering(heard)).listening());
            Session working = done(pool.acquire());
            Session resting = done(pool.acquire());
            Session idle = done(pool.acquire());
            CompletableFuture<?> work = working.query("SELECT pg_sleep(60)");
            done(resting.query("SELECT 1"));
            idle.close();
            until(() -> pool.metrics().idle() == 1, "one is idle");

            server.kill9();

            assertThatThrownBy(() -> done(work)).cause().isInstanceOfSatisfying(ConnectionLostException.class, lost -> {
                assertThat(lost.mayHaveExecuted()).isTrue();
                assertThat(lost.mayHaveCommitted()).isTrue();
            });
            done(resting.ended());
            assertThatThrownBy(() -> done(resting.query("SELECT 1")))
                    .cause()
                    .isInstanceOf(ConnectionLostException.class)
                    .satisfies(lost -> assertThat(((ConnectionLostException) lost).mayHaveExecuted())
                            .isFalse());
            until(() -> pool.metrics().idle() == 0, "the idle one is known to be gone");
            working.close();
            resting.close();
            List<CompletableFuture<Session>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(pool.acquire());
            }
            until(() -> pool.metrics().connectFailures() >= 3, "the pool tries to connect");
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            assertThat(pool.metrics().connecting()).isLessThanOrEqualTo(1);

            restart(server);

            for (CompletableFuture<Session> each : waiting) {
                Session session = done(each);
                assertThat(done(session.query("SELECT 1")).only().rows()).hasSize(1);
                session.close();
            }
            assertThat(heard.poll(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            NotificationGap.class,
                            gap -> assertThat(gap.channel()).isEqualTo("events"));
            done(pool.withSession(session -> session.notify("events", "again")));
            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("again");
            until(() -> pool.metrics().active() == 0 && pool.metrics().tending() == 0, "all are back");
            assertThat(pool.metrics().total()).isBetween(1, 3);
            assertThat(pool.metrics().closed()).isEqualTo(3);
        }
    }

    private static void restart(PostgresServer server) {
        try {
            server.restart();
        } catch (UnsupportedOperationException elsewhere) {
            Assumptions.abort("the server does not run on this machine, so it cannot come back at its port");
        }
    }

    private static ChannelListener remembering(BlockingQueue<Object> heard) {
        return new ChannelListener() {
            @Override
            public void notified(Notification notification) {
                heard.add(notification.payload());
            }

            @Override
            public void gap(NotificationGap gap) {
                heard.add(gap);
            }
        };
    }
}
