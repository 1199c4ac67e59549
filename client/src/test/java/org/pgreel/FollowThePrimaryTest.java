package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ConnectionFailureReason.TargetSessionAttrsNotMet;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.Session;
import org.pgreel.client.TargetSessionAttrs;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;

/** A primary and a standby that follows it by streaming replication, until it is promoted. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class FollowThePrimaryTest {
    private PostgresServer primary;
    private PostgresServer standby;
    private PgClient client;

    @BeforeEach
    void start() {
        Optional<Path> binaries = InstalledProgram.besideServer("pg_basebackup");
        Assumptions.assumeTrue(binaries.isPresent(), "no PostgreSQL with pg_basebackup is installed");
        primary = PostgresServer.start(
                PostgresOptions.defaults().source(new PostgresSource.Installed(binaries.orElseThrow())));
        standby = primary.standby();
        client = PgClient.create();
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
            standby.close();
            primary.close();
        }
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    /** The standby is named first. */
    private ConnectOptionsBuilder toBoth(TargetSessionAttrs attrs) {
        return WatchedClient.to(primary)
                .addresses(List.of(
                        new ServerAddress.Tcp(standby.host(), standby.port()),
                        new ServerAddress.Tcp(primary.host(), primary.port())))
                .targetSessionAttrs(attrs);
    }

    private static int portOf(Session session) throws Exception {
        return Integer.parseInt(
                String.valueOf(done(session.query("SHOW port")).only().onlyRow().text(0)));
    }

    private int reached(TargetSessionAttrs attrs) throws Exception {
        try (Session session = client.connect(toBoth(attrs).build())) {
            return portOf(session);
        }
    }

    private Session direct(PostgresServer server) {
        return client.connect(WatchedClient.to(server).build());
    }

    @Test
    void eachKindOfServerIsFoundAmongThem() throws Exception {
        assertThat(reached(TargetSessionAttrs.ANY)).isEqualTo(standby.port());
        assertThat(reached(TargetSessionAttrs.READ_WRITE)).isEqualTo(primary.port());
        assertThat(reached(TargetSessionAttrs.PRIMARY)).isEqualTo(primary.port());
        assertThat(reached(TargetSessionAttrs.READ_ONLY)).isEqualTo(standby.port());
        assertThat(reached(TargetSessionAttrs.STANDBY)).isEqualTo(standby.port());
        assertThat(reached(TargetSessionAttrs.PREFER_STANDBY)).isEqualTo(standby.port());

        standby.stop();
        assertThat(reached(TargetSessionAttrs.PREFER_STANDBY)).isEqualTo(primary.port());
        assertThatThrownBy(() -> reached(TargetSessionAttrs.STANDBY))
                .cause()
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        failed -> assertThat(failed.reason()).isInstanceOf(TargetSessionAttrsNotMet.class));
    }

    @Test
    void aPoolFollowsThePrimaryWhenTheStandbyIsPromoted() throws Exception {
        PoolOptions options = PoolOptions.builder()
                .max(2)
                .primariesOnly(true)
                .acquireTimeout(Duration.ofMinutes(2))
                .connectRetry(new RetryPolicy(1, Duration.ofMillis(20), Duration.ofMillis(200)))
                .build();
        try (SessionPool pool =
                        client.pool(toBoth(TargetSessionAttrs.READ_WRITE).build(), options);
                Session onStandby = direct(standby)) {
            done(pool.withSession(session -> session.query("CREATE TABLE kept AS SELECT 1 AS n")));
            assertThat(done(onStandby.ready()).parameters()).containsEntry("in_hot_standby", "on");
            until(() -> rows(onStandby) == 1, "the standby has the row");

            primary.kill9();
            until(() -> pool.metrics().total() == 0, "the end of the idle session is known");
            CompletableFuture<?> waiting = pool.withSession(session -> session.query("INSERT INTO kept VALUES (2)"));
            until(() -> pool.metrics().connectFailures() >= 1, "there is no primary");
            assertThat(waiting).isNotDone();
            done(onStandby.query("SELECT pg_promote()"));

            done(waiting);
            Session session = done(pool.acquire());
            assertThat(portOf(session)).isEqualTo(standby.port());
            session.close();
            assertThat(rows(onStandby)).isEqualTo(2);
            assertThat(onStandby.parameters()).containsEntry("in_hot_standby", "off");
        }
    }

    /** Returns how many rows the table has, 0 if it is not there yet. */
    private static int rows(Session session) {
        return session.query("SELECT count(*) FROM kept")
                .handle((found, failure) ->
                        failure == null ? found.only().onlyRow().getInt(0) : 0)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
