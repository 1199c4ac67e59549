package org.pgreel.client.blocking;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.Session;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.pool.SessionPool;

/**
 * A pool whose calls wait: for a session, and for what is done with it. A face, not another pool. Thread-safe.
 *
 * <pre>{@code
 * try (BlockingSession session = pool.acquire()) {
 *     session.query("SELECT 1");
 * }
 * }</pre>
 */
public final class BlockingPool {
    private final SessionPool pool;

    private BlockingPool(SessionPool pool) {
        this.pool = pool;
    }

    /**
     * Returns the blocking face of a pool.
     *
     * @param pool the pool
     */
    public static BlockingPool of(SessionPool pool) {
        return new BlockingPool(pool);
    }

    /** Returns the pool behind it. */
    public SessionPool pool() {
        return pool;
    }

    /**
     * Waits for a session; a thread that is interrupted takes its question back.
     *
     * @return a session; closing it returns it
     */
    public BlockingSession acquire() {
        Answers.requireMayWait();
        CompletableFuture<Session> asked = pool.acquire();
        return BlockingSession.of(Answers.await(asked, ServerEffect.NONE, () -> {
            if (!asked.cancel(false)) {
                CompletableFuture<Void> unused = asked.thenAccept(Session::close);
            }
        }));
    }

    /**
     * Runs work with a session on this thread, and returns the session however the work ends.
     *
     * @param work what to do
     * @param <T> what it gives
     * @return what the work gave
     */
    public <T> T withSession(Function<? super BlockingSession, ? extends T> work) {
        try (BlockingSession session = acquire()) {
            return work.apply(session);
        }
    }

    /**
     * Runs work in a transaction on this thread, and again as {@link SessionPool#inTransaction} does; between two attempts
     * no session is held.
     *
     * @param options what kind of transaction
     * @param work what to do, once for each attempt
     * @param <T> what it gives
     * @return what the work gave, when that is committed
     */
    public <T> T inTransaction(TransactionOptions options, Function<? super BlockingTransaction, ? extends T> work) {
        return new BlockingRetry(RetryPolicy.DEFAULT).run(() -> withSession(session -> session.once(options, work)));
    }

    /** Runs work in a transaction of the session's default kind; see the other method of this name. */
    public <T> T inTransaction(Function<? super BlockingTransaction, ? extends T> work) {
        return inTransaction(TransactionOptions.DEFAULTS, work);
    }
}
