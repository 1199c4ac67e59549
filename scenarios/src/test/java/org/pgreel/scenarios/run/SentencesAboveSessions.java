package org.pgreel.scenarios.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.PgException;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.client.Transaction;
import org.pgreel.client.blocking.BlockingSession;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.postgres.PostgresServer;

/** The failures of pools, transactions, values and waiting threads, which no script of a session makes happen: each at a real PostgreSQL. */
final class SentencesAboveSessions {
    private static final long PATIENCE_SECONDS = 60;
    private static final int ATTEMPTS_MAX = 600;

    /** What a failure says, and when. */
    record Said(String sentence, String when) {}

    private final ConnectOptions options;

    private SentencesAboveSessions(PostgresServer server) {
        options = ConnectOptions.builder()
                .host(server.host())
                .port(server.port())
                .user(server.user())
                .password(server.password())
                .database(server.database())
                .sslMode(SslMode.DISABLE)
                .build();
    }

    /** Returns what each failure says, by its name. */
    static Map<String, Said> all() {
        var sentences = new SentencesAboveSessions(PostgresServer.shared());
        Map<String, Said> said = new TreeMap<>();
        try (PgClient client = PgClient.create()) {
            for (Map.Entry<PgException, String> failure : Map.of(
                            sentences.acquireTimesOut(client), "a pool has lent all its sessions",
                            sentences.poolIsClosed(client), "a session is asked of a pool that was closed",
                            sentences.waitIsInterrupted(client),
                                    "a thread that waits in a blocking call is interrupted",
                            sentences.commitRollsBack(client),
                                    "a transaction is committed in which a statement had failed",
                            sentences.valueDoesNotFit(client), "an int8 is read as an Integer that it does not fit")
                    .entrySet()) {
                said.put(
                        failure.getKey().kind(),
                        new Said(String.valueOf(failure.getKey().getMessage()), failure.getValue()));
            }
        }
        return said;
    }

    private PgException acquireTimesOut(PgClient client) {
        PoolOptions one = PoolOptions.builder()
                .max(1)
                .acquireTimeout(Duration.ofMillis(100))
                .build();
        try (SessionPool pool = client.pool(options, one)) {
            Session lent = acquired(pool);
            PgException failure = failure(pool.acquire());
            lent.close();
            return failure;
        }
    }

    /** The first session may take longer to connect than an acquire may take: then the pool has it idle later. */
    private static Session acquired(SessionPool pool) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Session session = pool.acquire().exceptionally(tooSoon -> null).join();
            if (session != null) {
                return session;
            }
        }
        throw new AssertionError("the server lets nobody in");
    }

    private PgException poolIsClosed(PgClient client) {
        SessionPool pool = client.pool(options, PoolOptions.defaults());
        pool.close();
        return failure(pool.acquire());
    }

    private PgException waitIsInterrupted(PgClient client) {
        try (Session session = client.connect(options)) {
            BlockingSession blocking = BlockingSession.of(session).ready();
            Thread.currentThread().interrupt();
            blocking.query("SELECT pg_sleep(60)");
            throw new AssertionError("the wait was not interrupted");
        } catch (PgException failure) {
            return failure;
        } finally {
            boolean unused = Thread.interrupted();
        }
    }

    private PgException commitRollsBack(PgClient client) {
        try (Session session = client.connect(options)) {
            Transaction transaction = session.begin().join();
            failure(transaction.query("SELECT 1/0"));
            return failure(transaction.commit());
        }
    }

    private PgException valueDoesNotFit(PgClient client) {
        try (Session session = client.connect(options)) {
            session.query("SELECT 3000000000 AS n", List.of()).join().onlyRow().get(0, Integer.class);
            throw new AssertionError("the value fits");
        } catch (PgException failure) {
            return failure;
        }
    }

    private static PgException failure(CompletableFuture<?> future) {
        return future.handle((result, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof PgException known) {
                        return known;
                    }
                    throw new AssertionError("expected was a failure, and it is " + cause);
                })
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
