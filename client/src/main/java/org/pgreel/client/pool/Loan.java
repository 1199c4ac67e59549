package org.pgreel.client.pool;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Timers;
import org.pgreel.client.Transactions;

/**
 * One borrower's time with a session. It keeps in mind what was done in it, so that the pool knows what has to be undone.
 * Thread-safe.
 */
final class Loan {
    private static final String READ_ONLY_SQL_TRANSACTION = "25006";

    private final Place place;
    private final long since;
    private final Consumer<Loan> giveBack;
    private final LentSession session;
    private final Transactions transactions;
    private final AtomicBoolean returned = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<String> statements = ConcurrentHashMap.newKeySet();
    private volatile boolean used;
    private volatile boolean mayListen;
    private volatile boolean sawReadOnly;
    private volatile Timers.@Nullable Waiting leakTimer;

    Loan(Place place, long since, Consumer<Loan> giveBack) {
        this.place = place;
        this.since = since;
        this.giveBack = giveBack;
        this.session = new LentSession(this);
        this.transactions = new Transactions(session);
    }

    Place place() {
        return place;
    }

    /** Returns when it began. */
    long since() {
        return since;
    }

    /** Returns the session as the borrower has it. */
    LentSession session() {
        return session;
    }

    Transactions transactions() {
        return transactions;
    }

    /** The leak is reported by this timer unless the session comes back before. */
    void watchedBy(Timers.Waiting timer) {
        leakTimer = timer;
        if (returned.get()) {
            timer.cancel();
        }
    }

    boolean isOut() {
        return !returned.get();
    }

    /** Tells whether anything was submitted. */
    boolean wasUsed() {
        return used;
    }

    /** Tells whether something submitted is not done. */
    boolean isBusy() {
        return underWay.get() > 0;
    }

    boolean mayListen() {
        return mayListen;
    }

    /** The borrower prepares a statement under a name. */
    void prepares(String name) {
        statements.add(name);
    }

    /** The borrower closes a statement. */
    void closesStatement(String name) {
        statements.remove(name);
    }

    /** Returns the names of the statements that the borrower has not closed. */
    Set<String> statements() {
        return statements;
    }

    /** Tells whether the server refused to write. */
    boolean sawReadOnly() {
        return sawReadOnly;
    }

    /** Ends it, once: the session goes back to the pool. */
    void end() {
        if (returned.compareAndSet(false, true)) {
            Timers.Waiting timer = leakTimer;
            if (timer != null) {
                timer.cancel();
            }
            giveBack.accept(this);
        }
    }

    /** Submits an operation, and keeps in mind what it is and that it is under way. */
    <R> CompletableFuture<R> submitted(String sql, Supplier<? extends CompletionStage<R>> operation) {
        requireOut();
        used = true;
        if (!mayListen && sql.toUpperCase(Locale.ROOT).contains("LISTEN")) {
            mayListen = true;
        }
        underWay.incrementAndGet();
        CompletionStage<R> answer;
        try {
            answer = operation.get();
        } catch (RuntimeException refused) {
            underWay.decrementAndGet();
            throw refused;
        }
        CompletableFuture<R> outcome = new LentAnswer<>(answer);
        answer.whenComplete((result, failure) -> {
            underWay.decrementAndGet();
            if (failure == null) {
                outcome.complete(result);
                return;
            }
            if (failure instanceof ServerErrorException error
                    && error.sqlState().equals(READ_ONLY_SQL_TRANSACTION)) {
                sawReadOnly = true;
            }
            outcome.completeExceptionally(failure);
        });
        return outcome;
    }

    void requireOut() {
        if (returned.get()) {
            throw new IllegalStateException(
                    "the session was returned to its pool, which may have lent it to someone else: acquire another");
        }
    }
}
