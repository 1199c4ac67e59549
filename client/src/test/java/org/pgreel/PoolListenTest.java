package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.Notification;
import org.pgreel.client.PoolClosedException;
import org.pgreel.client.pool.ChannelListener;
import org.pgreel.client.pool.NotificationGap;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.client.pool.Subscription;
import org.pgreel.postgres.PostgresServer;

/** Listeners of a pool, which outlive the sessions that listen for them. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class PoolListenTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String LISTENER = "listener of PoolListenTest";

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final ManualTimers timers = new ManualTimers();
    private final SessionPool pool = WATCHED.client()
            .pool(
                    WatchedClient.to(SERVER)
                            .parameter("application_name", LISTENER)
                            .build(),
                    PoolOptions.builder()
                            .acquireTimeout(Duration.ofSeconds(20))
                            .timers(timers)
                            .random(() -> 0)
                            .build());
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    private final ChannelListener listener = new ChannelListener() {
        @Override
        public void notified(Notification notification) {
            heard.add(notification.channel() + ": " + notification.payload());
        }

        @Override
        public void gap(NotificationGap gap) {
            heard.add(gap);
        }
    };

    @AfterEach
    void close() throws Exception {
        done(pool.shutdown(Duration.ofMinutes(1)));
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private Object next() throws InterruptedException {
        Object next = heard.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("something heard").isNotNull();
        return next;
    }

    private void notifying(String channel, String payload) throws Exception {
        done(pool.withSession(session -> session.query("SELECT pg_notify('" + channel + "', '" + payload + "')")));
    }

    private void terminateTheListener() throws Exception {
        done(pool.withSession(session -> session.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = '" + LISTENER + "' AND pid <> pg_backend_pid()")));
    }

    @Test
    void whatIsNotifiedIsHeardUntilTheSubscriptionEnds() throws Exception {
        Subscription orders = pool.listen("Orders \"new\"", listener);
        Subscription stock = pool.listen("stock", listener);
        done(orders.listening());
        done(stock.listening());
        assertThat(orders.channel()).isEqualTo("Orders \"new\"");
        notifying("Orders \"new\"", "1");
        notifying("stock", "2");
        assertThat(next()).isEqualTo("Orders \"new\": 1");
        assertThat(next()).isEqualTo("stock: 2");

        orders.close();
        orders.close();
        notifying("Orders \"new\"", "3");
        notifying("stock", "4");
        assertThat(next()).isEqualTo("stock: 4");
    }

    @Test
    void twoWhoListenOnOneChannelBothHearAndTheLastOneEndsIt() throws Exception {
        Subscription one = pool.listen("both", listener);
        Subscription other = pool.listen("both", notification -> {
            throw new IllegalStateException("a listener that throws is logged");
        });
        done(one.listening());
        done(other.listening());
        notifying("both", "x");
        assertThat(next()).isEqualTo("both: x");
        other.close();
        notifying("both", "y");
        assertThat(next()).isEqualTo("both: y");
        one.close();
    }

    @Test
    void afterALossTheNextSessionListensAndTheGapIsToldFirst() throws Exception {
        Subscription subscription = pool.listen("events", listener);
        done(subscription.listening());
        timers.advance(Duration.ofSeconds(10));
        notifying("events", "before");
        assertThat(next()).isEqualTo("events: before");
        Instant lastHeard = timers.now();

        timers.advance(Duration.ofSeconds(5));
        terminateTheListener();
        until(() -> timers.delays().contains(Duration.ofMillis(50)), "another attempt is planned");
        notifying("events", "missed");
        timers.advance(Duration.ofMillis(50));

        assertThat(next()).isInstanceOfSatisfying(NotificationGap.class, gap -> {
            assertThat(gap.channel()).isEqualTo("events");
            assertThat(gap.from()).isEqualTo(lastHeard);
            assertThat(gap.to()).isEqualTo(lastHeard.plusMillis(5_050));
            assertThat(gap.reason()).contains("57P01");
        });
        notifying("events", "after");
        assertThat(next()).isEqualTo("events: after");
    }

    @Test
    void aSilentListenerIsAskedNowAndThen() throws Exception {
        done(pool.listen("quiet", listener).listening());
        Instant start = timers.now();
        for (int beat = 1; beat <= 3; beat++) {
            int asked = beat;
            timers.advance(Duration.ofSeconds(30));
            until(
                    () -> timers.delays().stream()
                                    .filter(Duration.ofSeconds(30)::equals)
                                    .count()
                            >= 1 + asked,
                    "the answer has come");
        }
        terminateTheListener();
        until(() -> timers.delays().contains(Duration.ofMillis(50)), "another attempt is planned");
        timers.advance(Duration.ofMillis(50));
        assertThat(next())
                .isInstanceOfSatisfying(
                        NotificationGap.class, gap -> assertThat(gap.from()).isEqualTo(start.plusSeconds(90)));
    }

    @Test
    void aListenerThatCanNeverConnectIsToldSo() {
        SessionPool refused = WATCHED.client()
                .pool(
                        WatchedClient.to(SERVER)
                                .user("pgreel_scram")
                                .password("wrong")
                                .build(),
                        PoolOptions.builder().timers(timers).build());
        assertThatThrownBy(() -> done(refused.listen("x", listener).listening()))
                .cause()
                .isInstanceOf(ConnectFailedException.class);
        refused.close();
        assertThatThrownBy(() -> done(refused.listen("x", listener).listening()))
                .cause()
                .isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> refused.listen("x".repeat(64), listener)).isInstanceOf(IllegalArgumentException.class);
    }
}
