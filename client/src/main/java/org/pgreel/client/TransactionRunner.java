package org.pgreel.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs work in a transaction: commits when it succeeds, rolls back when it fails, and tries again when the server gave
 * the transaction up for the sake of others, by serialization_failure (40001) or deadlock_detected (40P01).
 *
 * <p>Nothing else is tried again, and nothing whose outcome is unknown: a COMMIT behind which the session was lost may
 * have been carried out. The work must be fit for being run several times; what it does outside of the database is its own
 * affair. Earlier failures are suppressed in the last. Thread-safe.
 */
public final class TransactionRunner {
    private static final Set<String> GIVEN_UP_FOR_OTHERS = Set.of("40001", "40P01");
    private static final int CAUSES_MAX = 16;

    private static final TransactionRunner STANDARD =
            new TransactionRunner(RetryPolicy.DEFAULT, Timers.system(), SystemChance.fractions());

    private final RetryPolicy policy;
    private final Timers timers;
    private final DoubleSupplier random;

    /**
     * Creates a runner.
     *
     * @param policy how often, and with which waits
     * @param timers what waits
     * @param random gives numbers from 0 (inclusive) to 1 (exclusive); called from any thread
     */
    public TransactionRunner(RetryPolicy policy, Timers timers, DoubleSupplier random) {
        this.policy = policy;
        this.timers = timers;
        this.random = random;
    }

    /** Returns the runner behind {@link Session#inTransaction}: {@link RetryPolicy#DEFAULT} and the runtime's timers. */
    public static TransactionRunner standard() {
        return STANDARD;
    }

    /**
     * Runs work in a transaction of a session.
     *
     * @param session the session, which is in no transaction
     * @param options what kind of transaction
     * @param work what to do, once for each attempt; it may end the transaction itself
     * @param <T> what it gives
     * @return what the work gave, when that is committed
     */
    public <T> CompletableFuture<T> run(
            Session session,
            TransactionOptions options,
            Function<? super Transaction, ? extends CompletionStage<T>> work) {
        return retry(() -> once(session, options, work));
    }

    /**
     * Runs work in a transaction of a session, once.
     *
     * @param session the session, which is in no transaction
     * @param options what kind of transaction
     * @param work what to do; it may end the transaction itself
     * @param <T> what it gives
     * @return what the work gave, when that is committed
     */
    public static <T> CompletableFuture<T> once(
            Session session,
            TransactionOptions options,
            Function<? super Transaction, ? extends CompletionStage<T>> work) {
        return session.begin(options)
                .thenCompose(transaction -> Work.<T>of(() -> work.apply(transaction))
                        .endedBy(
                                value -> transaction.isOpen() ? transaction.commit() : nothing(),
                                failure -> transaction.isOpen() ? rolledBack(transaction, failure) : nothing()));
    }

    private static CompletableFuture<Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    /** The server's reason stays with the failure, also where the work failed with one of its own because of it. */
    private static CompletableFuture<Void> rolledBack(Transaction transaction, Throwable failure) {
        transaction.abortedBy().filter(error -> !has(failure, error)).ifPresent(failure::addSuppressed);
        return transaction.rollback();
    }

    private static boolean has(Throwable failure, Throwable wanted) {
        return causes(failure).contains(wanted);
    }

    /**
     * Makes attempts until one succeeds, or fails for good.
     *
     * @param attempt begins one attempt
     * @param <T> what it gives
     * @return what the attempt that succeeded gave
     */
    public <T> CompletableFuture<T> retry(Supplier<? extends CompletionStage<T>> attempt) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        next(attempt, new ArrayList<>(), outcome);
        return outcome;
    }

    private <T> void next(
            Supplier<? extends CompletionStage<T>> attempt, List<Throwable> failures, CompletableFuture<T> outcome) {
        CompletionStage<T> tried = Work.<T>of(attempt).endedBy(value -> nothing(), failure -> nothing());
        tried.whenComplete((value, thrown) -> {
            if (thrown == null) {
                outcome.complete(value);
                return;
            }
            Throwable failure = Work.cause(thrown);
            if (failures.size() + 1 >= policy.attempts() || !mayBeTriedAgain(failure)) {
                failures.stream().filter(earlier -> earlier != failure).forEach(failure::addSuppressed);
                outcome.completeExceptionally(failure);
                return;
            }
            failures.add(failure);
            timers.after(policy.delay(failures.size(), random.getAsDouble()), () -> next(attempt, failures, outcome));
        });
    }

    /**
     * Tells whether a failed transaction may be tried again without doing anything twice.
     *
     * @param failure how it failed
     * @return whether 40001 or 40P01 is among its causes (or beside them), and no part of it may have committed
     */
    public static boolean mayBeTriedAgain(Throwable failure) {
        List<Throwable> all = causes(failure);
        List<Throwable> reasons = new ArrayList<>(all);
        all.forEach(cause -> reasons.addAll(List.of(cause.getSuppressed())));
        return reasons.stream().noneMatch(cause -> cause instanceof PgException e && e.mayHaveCommitted())
                && reasons.stream()
                        .anyMatch(cause -> cause instanceof ServerErrorException error
                                && GIVEN_UP_FOR_OTHERS.contains(error.sqlState()));
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < CAUSES_MAX; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
