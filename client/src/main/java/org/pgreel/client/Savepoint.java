package org.pgreel.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A place within a {@link Transaction} to which it can be rolled back. Its handle is refused with IllegalStateException
 * when the savepoint is gone: released, or lost by a rollback to, or the release of, an earlier one. Thread-safe.
 */
public final class Savepoint {
    /** NAMEDATALEN - 1: the server would cut a longer name. */
    private static final int NAME_BYTES_MAX = 63;

    private enum State {
        SET,
        BUSY,
        GONE
    }

    private final Transaction transaction;
    private final String name;
    private final AtomicReference<State> state = new AtomicReference<>(State.SET);

    Savepoint(Transaction transaction, String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the savepoint's name must have 1 to " + NAME_BYTES_MAX + " bytes: " + name);
        }
        this.transaction = transaction;
        this.name = name;
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Undoes all that was done since the savepoint was set; it remains set. This is also how an aborted transaction
     * becomes good again.
     *
     * @return done when the server has rolled back
     * @throws IllegalStateException if the savepoint is gone or the transaction is over
     */
    public CompletableFuture<Void> rollbackTo() {
        List<Savepoint> lost = transaction.setAfter(this);
        return perform("ROLLBACK TO SAVEPOINT ", () -> {
            transaction.gone(lost);
            transaction.recovered();
            state.set(State.SET);
        });
    }

    /**
     * Forgets the savepoint and keeps what was done since.
     *
     * @return done when the server has released it
     * @throws IllegalStateException if the savepoint is gone or the transaction is over
     */
    public CompletableFuture<Void> release() {
        List<Savepoint> lost = new ArrayList<>(transaction.setAfter(this));
        lost.add(this);
        return perform("RELEASE SAVEPOINT ", () -> transaction.gone(lost));
    }

    private CompletableFuture<Void> perform(String command, Runnable after) {
        if (!state.compareAndSet(State.SET, State.BUSY)) {
            throw new IllegalStateException("the savepoint " + name + " is gone, or about to be");
        }
        CompletableFuture<Void> performed = new CompletableFuture<>();
        CompletionStage<QueryResults> operation;
        try {
            operation = transaction.query(command + quoted());
        } catch (IllegalStateException transactionOver) {
            state.set(State.GONE);
            throw transactionOver;
        }
        operation.whenComplete((results, failure) -> {
            if (failure == null) {
                after.run();
                performed.complete(null);
            } else {
                state.set(State.SET);
                performed.completeExceptionally(failure);
            }
        });
        return performed;
    }

    void over() {
        state.set(State.GONE);
    }

    @Override
    public String toString() {
        return "savepoint " + name;
    }
}
