package org.pgreel.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * A transaction of a session, from BEGIN to COMMIT or ROLLBACK; {@link Session#begin} gives it.
 *
 * <p>Operations go by this handle, or by {@link #session()} where the handle has no method for them. They are sent in the
 * order in which they were submitted, without waiting for one another. When one fails the server aborts the transaction:
 * all that follows fails with 25P02 until {@link #rollback}, or {@link Savepoint#rollbackTo} to a savepoint set before.
 *
 * <p>A handle is good for one transaction. What is asked of it after its end is refused with IllegalStateException,
 * because on the wire it would be a statement outside of any transaction. Thread-safe.
 */
public final class Transaction {
    private static final String UNDER_WAY = "is under way to its BEGIN";

    private final Session session;
    /** How it ended; null while it is open. */
    private final AtomicReference<@Nullable String> over = new AtomicReference<>(UNDER_WAY);

    /** In the order in which they were set. */
    private final List<Savepoint> savepoints = new ArrayList<>();

    private final AtomicInteger nestings = new AtomicInteger();
    private volatile @Nullable ServerErrorException abortedBy;

    Transaction(Session session) {
        this.session = session;
    }

    void begun() {
        over.set(null);
    }

    void neverBegan() {
        over.set("never began");
    }

    /** Tells whether another transaction may be begun; unlike {@link #isOpen} it is false before BEGIN is answered. */
    boolean isOver() {
        String how = over.get();
        return how == null ? status() == TransactionStatus.IDLE : !how.equals(UNDER_WAY);
    }

    /** Tells whether the transaction can take operations: it was begun, and neither ended nor asked to end. */
    public boolean isOpen() {
        return over.get() == null && status() != TransactionStatus.IDLE;
    }

    private @Nullable TransactionStatus status() {
        return session.transactionStatus().orElse(null);
    }

    /** Returns the session that the transaction belongs to, for operations that have no method here. */
    public Session session() {
        return session;
    }

    /** Returns the error by which the server aborted the transaction; empty if it has not, as far as the handle saw. */
    public Optional<ServerErrorException> abortedBy() {
        return Optional.ofNullable(abortedBy);
    }

    /**
     * Runs SQL by the simple query protocol, as {@link Session#query(String)} does.
     *
     * @param sql the statements; none of them may begin or end transactions
     * @return one result a statement
     * @throws IllegalStateException if the transaction is over
     */
    public CompletableFuture<QueryResults> query(String sql) {
        requireOpen();
        return watched(session.query(sql));
    }

    /**
     * Runs one statement with parameters, as {@link Session#query(ParameterizedQuery)} does.
     *
     * @param query the statement, its parameters and the format of its results
     * @return its result
     * @throws IllegalStateException if the transaction is over
     */
    public CompletableFuture<QueryResult> query(ParameterizedQuery query) {
        requireOpen();
        return watched(session.query(query));
    }

    /**
     * Runs one statement with parameters; results come as text.
     *
     * @param sql the statement, with {@code $1}, {@code $2} … where the parameters go
     * @param parameters their values in order
     * @return its result
     * @throws IllegalStateException if the transaction is over
     */
    public CompletableFuture<QueryResult> query(String sql, List<Parameter> parameters) {
        return query(ParameterizedQuery.of(sql, parameters));
    }

    /**
     * Commits.
     *
     * <p>It fails with {@link TransactionRolledBackException} if the transaction had been aborted, and with
     * {@link ServerErrorException} if committing showed an error (a deferred constraint, 40001): nothing is permanent
     * then. Where the session is lost behind the COMMIT the outcome is unknown, and {@link PgException#mayHaveCommitted}
     * says so.
     *
     * @return done when the server has committed
     * @throws IllegalStateException if the transaction is over
     */
    public CompletableFuture<Void> commit() {
        requireOpen();
        requireEndedOnce("was asked to commit");
        CompletableFuture<Void> committed = new CompletableFuture<>();
        CompletionStage<QueryResults> answer = session.query("COMMIT");
        answer.whenComplete((results, failure) -> {
            if (failure != null) {
                over.set("failed to commit");
                committed.completeExceptionally(failedCommit(failure));
                return;
            }
            String tag = results.only().commandTag();
            if (tag.equals("COMMIT")) {
                over.set("was committed");
                committed.complete(null);
            } else {
                over.set("was rolled back");
                committed.completeExceptionally(new TransactionRolledBackException(tag, abortedBy));
            }
        });
        return committed;
    }

    /**
     * An ERROR in answer to a lone COMMIT says that the server has rolled back: behind the record of the commit it can
     * only PANIC (CommitTransaction and AbortTransaction in xact.c). A session that is told FATAL may have committed.
     */
    private static Throwable failedCommit(Throwable failure) {
        boolean rolledBack = failure instanceof ServerErrorException error
                && error.response().severity().equals("ERROR");
        return rolledBack
                ? new ServerErrorException(((ServerErrorException) failure).response(), ServerEffect.NONE)
                : failure;
    }

    /**
     * Rolls back all that was done since BEGIN.
     *
     * @return done when the server has rolled back
     * @throws IllegalStateException if the transaction is over
     */
    public CompletableFuture<Void> rollback() {
        requireOpen();
        requireEndedOnce("was asked to roll back");
        return session.query("ROLLBACK").thenRun(() -> over.set("was rolled back"));
    }

    /**
     * Sets a savepoint, to which the transaction can be rolled back without losing what was done before.
     *
     * @param name its name, at most 63 bytes; no other that is set may bear it
     * @return its handle, when it is set
     * @throws IllegalStateException if the transaction is over
     */
    public CompletableFuture<Savepoint> savepoint(String name) {
        Savepoint fresh = new Savepoint(this, name);
        requireOpen();
        synchronized (savepoints) {
            if (savepoints.stream().anyMatch(one -> one.name().equals(name))) {
                throw new IllegalArgumentException(
                        "a savepoint " + name + " is set already, which this one would hide");
            }
            savepoints.add(fresh);
        }
        CompletableFuture<Savepoint> set = new CompletableFuture<>();
        CompletionStage<QueryResults> answer = query("SAVEPOINT " + fresh.quoted());
        answer.whenComplete((results, failure) -> {
            if (failure == null) {
                set.complete(fresh);
            } else {
                gone(List.of(fresh));
                set.completeExceptionally(failure);
            }
        });
        return set;
    }

    /**
     * Runs work inside a savepoint: if it succeeds the savepoint is released, and if it fails the transaction is rolled
     * back to it and can go on.
     *
     * @param work what to do; it is given the savepoint
     * @param <T> what it gives
     * @return what the work gave, or its failure
     * @throws IllegalStateException if the transaction is over
     */
    public <T> CompletableFuture<T> nested(Function<? super Savepoint, ? extends CompletionStage<T>> work) {
        return savepoint("pgreel_" + nestings.incrementAndGet())
                .thenCompose(savepoint -> Work.<T>of(() -> work.apply(savepoint))
                        .endedBy(
                                value -> savepoint
                                        .release()
                                        .exceptionallyCompose(aborted -> undone(savepoint)
                                                .thenCompose(done -> CompletableFuture.failedFuture(aborted))),
                                failure -> undone(savepoint)));
    }

    private static CompletableFuture<Void> undone(Savepoint savepoint) {
        return savepoint.rollbackTo().thenCompose(done -> savepoint.release());
    }

    /** Returns the savepoints that a rollback to this one loses: those set after it. */
    List<Savepoint> setAfter(Savepoint savepoint) {
        synchronized (savepoints) {
            return List.copyOf(savepoints.subList(savepoints.indexOf(savepoint) + 1, savepoints.size()));
        }
    }

    /** Takes savepoints away that are no longer set. */
    void gone(List<Savepoint> lost) {
        synchronized (savepoints) {
            savepoints.removeAll(lost);
        }
        lost.forEach(Savepoint::over);
    }

    /** The transaction was rolled back to a savepoint and is good again. */
    void recovered() {
        abortedBy = null;
    }

    private <R> CompletableFuture<R> watched(CompletionStage<R> operation) {
        CompletableFuture<R> watched = new CompletableFuture<>();
        operation.whenComplete((result, failure) -> {
            if (failure == null) {
                watched.complete(result);
                return;
            }
            if (failure instanceof ServerErrorException error && abortedBy == null) {
                abortedBy = error;
            }
            watched.completeExceptionally(failure);
        });
        return watched;
    }

    private void requireOpen() {
        String how = over.get();
        if (how == null && status() == TransactionStatus.IDLE) {
            how = "was ended by a statement that did not go by its handle";
        }
        if (how != null) {
            throw new IllegalStateException("the transaction " + how + ": a handle is good for one transaction");
        }
    }

    private void requireEndedOnce(String how) {
        if (!over.compareAndSet(null, how)) {
            throw new IllegalStateException("the transaction is being ended already");
        }
    }
}
