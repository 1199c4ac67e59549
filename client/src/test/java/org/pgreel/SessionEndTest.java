package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.SessionClosedException;
import org.pgreel.client.ShutdownReason;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;

/** How sessions with a real server end. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SessionEndTest {
    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RecordedLife life = new RecordedLife();

    @Test
    void aServerThatIsKilledInFlightLeavesTheOutcomeUnknown() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.defaults())) {
            Session session = WATCHED.connect(WatchedClient.to(server), life);
            session.ready().get(30, TimeUnit.SECONDS);
            CompletableFuture<QueryResults> first = session.query("SELECT pg_sleep(60)");
            CompletableFuture<QueryResults> second = session.query("SELECT 2");
            awaitActive(server);
            server.kill9();

            assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ConnectionLostException.class,
                            lost -> assertThat(lost.mayHaveExecuted()).isTrue());
            assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ConnectionLostException.class,
                            lost -> assertThat(lost.mayHaveExecuted()).isFalse());
            assertThat(session.ended().get(30, TimeUnit.SECONDS)).isInstanceOf(ShutdownReason.ConnectionLost.class);
            assertThat(life.await("shutdown")).isEqualTo("shutdown ConnectionLost");
        }
    }

    @Test
    void aShutdownOfTheServerWhileIdleIsTheSessionsReason() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.defaults())) {
            Session session = WATCHED.connect(WatchedClient.to(server), life);
            session.ready().get(30, TimeUnit.SECONDS);
            server.stop();
            assertThat(session.ended().get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ShutdownReason.ServerError.class,
                            error -> assertThat(error.response().sqlState()).isEqualTo("57P01"));
            assertThat(life.withoutParameters())
                    .containsExactly("connected", "authenticated", "status IDLE", "shutdown ServerError");
        }
    }

    @Test
    void aBackendThatIsTerminatedWhileIdleIsTheSessionsReason() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Session session = WATCHED.connect(WatchedClient.to(server), life);
        String process = session.query("SELECT pg_backend_pid()")
                .get(30, TimeUnit.SECONDS)
                .only()
                .onlyRow()
                .text(0);
        Session other = WATCHED.connect(WatchedClient.to(server), new RecordedLife());
        other.query("SELECT pg_terminate_backend(" + process + ")").get(30, TimeUnit.SECONDS);
        assertThat(session.ended().get(30, TimeUnit.SECONDS).name()).isEqualTo("ServerError");
        other.close();
    }

    @Test
    void aServerWithNoConnectionLeftSaysSo() throws Exception {
        PostgresOptions few = PostgresOptions.defaults()
                .setting("max_connections", "2")
                .setting("superuser_reserved_connections", "0")
                .setting("max_wal_senders", "0");
        try (PostgresServer server = PostgresServer.start(few)) {
            Session one = WATCHED.connect(WatchedClient.to(server), new RecordedLife());
            Session two = WATCHED.connect(WatchedClient.to(server), new RecordedLife());
            one.ready().get(30, TimeUnit.SECONDS);
            two.ready().get(30, TimeUnit.SECONDS);
            Session three = WATCHED.connect(WatchedClient.to(server), life);
            three.ended().get(30, TimeUnit.SECONDS);
            assertThat(life.withoutParameters())
                    .containsExactly("connected", "connection-failed TooManyConnections", "shutdown ConnectionFailed");
            one.close();
            two.close();
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndLeavesNoBackendBehind() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Session session = WATCHED.connect(WatchedClient.to(server).applicationName("closing"), life);
        session.ready().get(30, TimeUnit.SECONDS);
        CompletableFuture<QueryResults> sleeping = session.query("SELECT pg_sleep(0.1)");
        session.close();
        session.close();
        assertThatThrownBy(() -> sleeping.get(30, TimeUnit.SECONDS)).cause().isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> session.query("SELECT 1").get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(SessionClosedException.class);
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.lines().stream().filter(line -> line.startsWith("shutdown")))
                .hasSize(1);

        Session other = WATCHED.connect(WatchedClient.to(server), new RecordedLife());
        other.query(
                        "DO $$ BEGIN FOR i IN 1..1000 LOOP"
                                + " EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'closing');"
                                + " PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP;"
                                + " ASSERT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'closing'); END $$")
                .get(30, TimeUnit.SECONDS);
        other.close();
    }

    /** Waits on the server itself until the sleeping query runs there. */
    private static void awaitActive(PostgresServer server) throws Exception {
        Session watching = WATCHED.connect(WatchedClient.to(server), new RecordedLife());
        watching.query("DO $$ BEGIN FOR i IN 1..1000 LOOP"
                        + " EXIT WHEN EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active');"
                        + " PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$")
                .get(30, TimeUnit.SECONDS);
        watching.close();
    }
}
