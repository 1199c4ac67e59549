package org.pgreel.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work of the application that was begun, and what has to be done behind it, depending on how it ends.
 *
 * @param <T> what it gives
 */
final class Work<T> {
    private final CompletionStage<T> outcome;

    private Work(CompletionStage<T> outcome) {
        this.outcome = outcome;
    }

    /** Begins it; what it throws is its failure. */
    static <T> Work<T> of(Supplier<? extends CompletionStage<T>> work) {
        return new Work<>(begun(work));
    }

    private static <T> CompletionStage<T> begun(Supplier<? extends CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /**
     * Does something behind the work and completes when that is done: with the work's value, if that succeeded too. The
     * work's own failure is never replaced; a second one is suppressed in it.
     *
     * @param succeeded what to do if the work succeeded
     * @param failed what to do if it failed
     */
    CompletableFuture<T> endedBy(
            Function<? super T, ? extends CompletionStage<?>> succeeded,
            Function<Throwable, ? extends CompletionStage<?>> failed) {
        CompletableFuture<T> ended = new CompletableFuture<>();
        outcome.whenComplete((value, thrown) -> {
            if (thrown == null) {
                begunUntyped(() -> succeeded.apply(value)).whenComplete((done, failure) -> {
                    if (failure == null) {
                        ended.complete(value);
                    } else {
                        ended.completeExceptionally(cause(failure));
                    }
                });
                return;
            }
            Throwable first = cause(thrown);
            begunUntyped(() -> failed.apply(first)).whenComplete((done, second) -> {
                suppress(first, second);
                ended.completeExceptionally(first);
            });
        });
        return ended;
    }

    private static CompletionStage<?> begunUntyped(Supplier<? extends CompletionStage<?>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private static void suppress(Throwable first, Throwable second) {
        if (second != null && cause(second) != first) {
            first.addSuppressed(cause(second));
        }
    }

    /** Returns what failed, without the wrapping that futures put around it. */
    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
