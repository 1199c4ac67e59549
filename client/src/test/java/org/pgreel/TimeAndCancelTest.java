package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.FunctionResult;
import org.pgreel.client.Listening;
import org.pgreel.client.Notification;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.Parameter;
import org.pgreel.client.ProtocolVersion;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;

/** Cancel, time limits, notifications and function calls against a real server. */
@Tag("behaviour")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TimeAndCancelTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final int INT4_PLUS = 177;
    private static final int INT4 = 23;

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private static Session connect(SslMode mode, ProtocolVersion version) throws Exception {
        Session session =
                WATCHED.connect(WatchedClient.to(SERVER).sslMode(mode).protocolVersion(version), new RecordedLife());
        return session.ready().get(30, TimeUnit.SECONDS);
    }

    private static Session connect() throws Exception {
        return connect(SslMode.DISABLE, ProtocolVersion.V3_0);
    }

    private static Throwable failure(CompletableFuture<?> operation) throws Exception {
        return operation
                .handle((result, failure) -> failure instanceof CompletionException ? failure.getCause() : failure)
                .get(30, TimeUnit.SECONDS);
    }

    private static void assertAlive(Session session) throws Exception {
        assertThat(session.query("select 42")
                        .get(30, TimeUnit.SECONDS)
                        .results()
                        .get(0)
                        .onlyRow()
                        .text(0))
                .isEqualTo("42");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISABLE", "PREFER", "REQUIRE"})
    void aCancelledQueryFailsAndItsSessionGoesOn(SslMode mode) throws Exception {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            try (Session session = connect(mode, version)) {
                CompletableFuture<?> slow = session.query("select pg_sleep(60)");
                CancelOutcome first = session.cancel().get(30, TimeUnit.SECONDS);

                assertThat(first.wasSent()).isTrue();
                // The request may come before the query does, and then it has no effect.
                while (!slow.isDone()) {
                    session.cancel().get(30, TimeUnit.SECONDS);
                }
                assertThat(failure(slow))
                        .isInstanceOf(ServerErrorException.class)
                        .hasMessageContaining("57014");
                assertAlive(session);
            }
        }
    }

    @Test
    void aCancelTakesTheUnixSocketThatTheSessionTook() throws Exception {
        Path directory = SERVER.unixSocketDirectory().orElse(null);
        Assumptions.assumeTrue(directory != null, "the server has no Unix domain socket on this machine");
        Session session = WATCHED.connect(
                WatchedClient.to(SERVER).unixSocket(directory.resolve(".s.PGSQL." + SERVER.port())),
                new RecordedLife());
        try (session) {
            session.ready().get(30, TimeUnit.SECONDS);
            CompletableFuture<?> slow = session.query("select pg_sleep(60)");
            while (!slow.isDone()) {
                session.cancel().get(30, TimeUnit.SECONDS);
            }
            assertThat(failure(slow)).hasMessageContaining("57014");
            assertAlive(session);
        }
    }

    @Test
    void aTimeLimitCancels() throws Exception {
        try (Session session = connect()) {
            Throwable failure = failure(session.within(Duration.ofMillis(100)).query("select pg_sleep(60)"));

            assertThat(failure).isInstanceOf(OperationTimedOutException.class);
            assertThat(((OperationTimedOutException) failure).serverError()).isPresent();
            assertThat(((OperationTimedOutException) failure).mayHaveExecuted()).isFalse();
            assertAlive(session);
        }
    }

    @Test
    void whatIsNotifiedIsPushedAlsoWhileTheSessionIsIdle() throws Exception {
        var heard = new LinkedBlockingQueue<Notification>();
        try (Session session = connect();
                Session other = connect()) {
            Listening listening = session.listen("Job \"queue\" é", heard::add).get(30, TimeUnit.SECONDS);
            other.notify("Job \"queue\" é", "it's one").get(30, TimeUnit.SECONDS);

            Notification first = heard.poll(30, TimeUnit.SECONDS);
            assertThat(first)
                    .isEqualTo(new Notification(
                            "Job \"queue\" é", "it's one", other.processId().orElseThrow()));
            listening.close();
            other.notify("Job \"queue\" é", "two").get(30, TimeUnit.SECONDS);
            assertAlive(session);
            assertThat(heard).isEmpty();
            assertThat(session.channels()).isEmpty();
        }
    }

    @Test
    void aFunctionIsCalledByItsOid() throws Exception {
        try (Session session = connect()) {
            List<Parameter> numbers = List.of(Parameter.text("40"), Parameter.of(2));
            FunctionResult text =
                    session.callFunction(INT4_PLUS, numbers, false).get(30, TimeUnit.SECONDS);
            FunctionResult binary =
                    session.callFunction(INT4_PLUS, numbers, true).get(30, TimeUnit.SECONDS);
            Throwable unknown = failure(session.callFunction(-1, List.of(), false));

            assertThat(text.value()).isNotNull();
            assertThat(String.valueOf(text.value() == null ? null : text.value().text()))
                    .isEqualTo("42");
            assertThat(String.valueOf(
                            binary.value() == null ? null : binary.value().hex()))
                    .isEqualTo("0000002a");
            assertThat(unknown).isInstanceOf(ServerErrorException.class);
            assertThat(Parameter.of(2).typeOid()).isEqualTo(INT4);
            assertAlive(session);
        }
    }
}
