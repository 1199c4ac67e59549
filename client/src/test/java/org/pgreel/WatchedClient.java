package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Parameter;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.transport.EventLoopWatchdog;

/**
 * A client for the tests of a class. A test fails if turns of the client's event loops used more than 50 ms of
 * processor time, or one slept for longer. One turn of each test may use more, up to 250 ms: what the machine does for the
 * thread, such as finding memory or running code that has just lost its compiled form, counts as its own. One login before the first test lets the runtime load its classes, which takes longer than that.
 */
final class WatchedClient implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final long TURN_MILLIS_MAX = 50;
    private static final long ONE_TURN_MILLIS_MAX = 250;
    private static final long PATIENCE_SECONDS = 30;

    private @Nullable PgClient client;
    private @Nullable EventLoopWatchdog watchdog;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        PgClient fresh = PgClient.builder().eventLoops(2).build();
        client = fresh;
        PostgresServer server = PostgresServer.shared();
        for (SslMode mode : new SslMode[] {SslMode.DISABLE, SslMode.REQUIRE}) {
            Session session = fresh.connect(to(server).sslMode(mode).build(), new SessionStatusNotify() {});
            session.query("SELECT 1; SELECT n, 'two' FROM generate_series(1, 10000) n")
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            session.query("SELECT $1::text", List.of(Parameter.text("x"))).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            session.query("no such statement")
                    .handle((result, failure) -> failure)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            session.close();
        }
        watchdog = new EventLoopWatchdog(fresh.transport());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        EventLoopWatchdog dog = watchdog;
        if (dog == null) {
            throw new AssertionError("not registered as a static extension");
        }
        assertThat(dog.probes()).as("turns watched").isPositive();
        EventLoopWatchdog.Turns turns = dog.turns();
        assertThat(turns.next())
                .as("longest turns of an event loop, in ms of processor time: %s", turns)
                .isLessThanOrEqualTo(TURN_MILLIS_MAX);
        assertThat(turns.longest())
                .as("longest turn of an event loop, in ms of processor time")
                .isLessThanOrEqualTo(ONE_TURN_MILLIS_MAX);
        EventLoopWatchdog.Blocked blocked = dog.longestBlocked();
        assertThat(blocked.millis())
                .as("longest sleep of a turn of an event loop, in ms, of " + blocked.where())
                .isLessThanOrEqualTo(TURN_MILLIS_MAX);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (watchdog != null) {
            watchdog.close();
        }
        client().close();
        assertThat(client().transport().sessionCount()).as("sessions left").isZero();
    }

    PgClient client() {
        if (client == null) {
            throw new AssertionError("not registered as a static extension");
        }
        return client;
    }

    Session connect(ConnectOptionsBuilder options, SessionStatusNotify notify) {
        return client().connect(options.build(), notify);
    }

    /** Returns the shared server's superuser, with a password and without TLS. */
    static ConnectOptionsBuilder to(PostgresServer server) {
        return ConnectOptions.builder()
                .host(server.host())
                .port(server.port())
                .user(server.user())
                .password(server.password())
                .database(server.database())
                .sslMode(SslMode.DISABLE);
    }
}
