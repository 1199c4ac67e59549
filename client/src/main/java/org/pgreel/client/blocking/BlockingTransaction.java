package org.pgreel.client.blocking;

import java.util.List;
import java.util.function.Supplier;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Savepoint;
import org.pgreel.client.Transaction;

/**
 * A transaction whose calls wait for their answers. In try-with-resources what was not committed is rolled back:
 *
 * <pre>{@code
 * try (BlockingTransaction transaction = session.begin()) {
 *     transaction.query("INSERT INTO orders VALUES (1)");
 *     transaction.commit();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class BlockingTransaction implements AutoCloseable {
    private final BlockingSession session;
    private final Transaction transaction;

    BlockingTransaction(BlockingSession session, Transaction transaction) {
        this.session = session;
        this.transaction = transaction;
    }

    /** Returns the transaction behind it. */
    public Transaction transaction() {
        return transaction;
    }

    /** Returns the session, for operations that have no method here. */
    public BlockingSession session() {
        return session;
    }

    /** Tells whether it can take operations. */
    public boolean isOpen() {
        return transaction.isOpen();
    }

    /**
     * Runs SQL by the simple query protocol; see {@link Transaction#query(String)}.
     *
     * @param sql the statements
     * @return one result a statement
     */
    public QueryResults query(String sql) {
        return session.await(() -> transaction.query(sql));
    }

    /**
     * Runs one statement with parameters.
     *
     * @param query the statement, its parameters and the format of its results
     * @return its result
     */
    public QueryResult query(ParameterizedQuery query) {
        return session.await(() -> transaction.query(query));
    }

    /**
     * Runs one statement with parameters; results come as text.
     *
     * @param sql the statement, with {@code $1}, {@code $2} … where the parameters go
     * @param parameters their values in order
     * @return its result
     */
    public QueryResult query(String sql, List<Parameter> parameters) {
        return query(ParameterizedQuery.of(sql, parameters));
    }

    /** Commits; see {@link Transaction#commit}. */
    public void commit() {
        session.await(transaction::commit);
    }

    /** Rolls back; see {@link Transaction#rollback}. */
    public void rollback() {
        session.await(transaction::rollback);
    }

    /**
     * Sets a savepoint.
     *
     * @param name its name
     * @return its handle, whose methods give futures; {@link #rollbackTo} and {@link #release} wait for them
     */
    public Savepoint savepoint(String name) {
        return session.await(() -> transaction.savepoint(name));
    }

    /**
     * Rolls back to a savepoint; see {@link Savepoint#rollbackTo}.
     *
     * @param savepoint the savepoint
     */
    public void rollbackTo(Savepoint savepoint) {
        session.await(savepoint::rollbackTo);
    }

    /**
     * Releases a savepoint; see {@link Savepoint#release}.
     *
     * @param savepoint the savepoint
     */
    public void release(Savepoint savepoint) {
        session.await(savepoint::release);
    }

    /**
     * Runs work in a savepoint of its own: released if it succeeds, rolled back to if it fails.
     *
     * @param name the savepoint's name
     * @param work what to do
     * @param <T> what it gives
     * @return what the work gave
     */
    public <T> T nested(String name, Supplier<? extends T> work) {
        Savepoint savepoint = savepoint(name);
        T value;
        try {
            value = work.get();
            release(savepoint);
        } catch (RuntimeException | Error failure) {
            try {
                rollbackTo(savepoint);
                release(savepoint);
            } catch (PgException | IllegalStateException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
        return value;
    }

    /** Rolls back unless it was committed or rolled back. A session that is lost has rolled back already. */
    @Override
    public void close() {
        if (transaction.isOpen() && session.session().shutdownReason().isEmpty()) {
            rollback();
        }
    }

    /** Rolls back, and keeps what made it necessary. */
    void rollbackBecauseOf(Throwable failure) {
        transaction.abortedBy().filter(error -> error != failure).ifPresent(failure::addSuppressed);
        try {
            close();
        } catch (PgException | IllegalStateException second) {
            failure.addSuppressed(second);
        }
    }
}
