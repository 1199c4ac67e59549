package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.QueryResults;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.postgres.PostgresServer;

/**
 * A cancel races the end of its operation, a thousand times, its connection held back by up to 5 ms: it never hits the
 * operation behind.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class CancelRaceTest {
    private static final int LOOPS = 1_000;
    private static final long SEED = 20261121;
    private static final int SLEEP_MICROS_MAX = 6_000;

    @Test
    void noCancelHitsTheOperationBehindAndNoneIsWithoutEnd() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Random random = new Random(SEED);
        int cancelled = 0;
        int sent = 0;
        try (CancelRelay relay = new CancelRelay(server.host(), server.port(), SEED);
                PgClient client = PgClient.create();
                Session session = client.connect(
                        WatchedClient.to(server)
                                .host("127.0.0.1")
                                .port(relay.port())
                                .build(),
                        new SessionStatusNotify() {})) {
            session.ready().get(30, TimeUnit.SECONDS);
            for (int i = 1; i <= LOOPS; i++) {
                double seconds = random.nextInt(SLEEP_MICROS_MAX) / 1e6;
                CompletableFuture<QueryResults> raced =
                        session.query("select " + i + " from pg_sleep(" + seconds + ")");
                CompletableFuture<CancelOutcome> cancel = session.cancel();
                CompletableFuture<QueryResults> behind = session.query("select -" + i);

                assertThat(value(behind)).as("seed " + SEED + ", loop " + i).isEqualTo("-" + i);
                String outcome = value(raced);
                assertThat(outcome).as("seed " + SEED + ", loop " + i).isIn(String.valueOf(i), "57014");
                cancelled += outcome.equals("57014") ? 1 : 0;
                sent += cancel.get(30, TimeUnit.SECONDS).wasSent() ? 1 : 0;
            }
            assertThat(session.shutdownReason()).isEmpty();
            assertThat(relay.connections()).isLessThanOrEqualTo(LOOPS + 1);
        }
        assertThat(cancelled).as("operations that were cancelled").isBetween(1, LOOPS - 1);
        assertThat(sent).as("requests that were sent").isBetween(cancelled, LOOPS);
    }

    private static String value(CompletableFuture<QueryResults> query) throws Exception {
        return query.handle((results, thrown) -> {
                    if (thrown == null) {
                        return String.valueOf(results.results().get(0).onlyRow().text(0));
                    }
                    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
                    return cause instanceof ServerErrorException error ? error.sqlState() : cause.toString();
                })
                .get(30, TimeUnit.SECONDS);
    }
}
