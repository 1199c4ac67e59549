package org.pgreel.client.blocking;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.pgreel.client.EventLoopThread;
import org.pgreel.client.OperationInterruptedException;
import org.pgreel.client.PgException;
import org.pgreel.client.ServerEffect;

/** Waits for answers, holding no lock, so that a virtual thread gives its carrier away. */
final class Answers {
    private Answers() {}

    /** Refuses to wait where the answer would have to come. */
    static void requireMayWait() {
        if (EventLoopThread.isCurrent()) {
            throw new IllegalStateException(
                    "a blocking call on " + Thread.currentThread().getName()
                            + ", an event loop, would wait for an answer that only this thread could bring:"
                            + " use the session's futures here, or another thread");
        }
    }

    /**
     * Waits for an answer.
     *
     * @param answer completes elsewhere
     * @param effect what the operation may leave behind if the wait is interrupted
     * @param whenInterrupted what is done then, before the exception is thrown
     */
    static <T> T await(CompletableFuture<T> answer, ServerEffect effect, Runnable whenInterrupted) {
        requireMayWait();
        try {
            return answer.get();
        } catch (InterruptedException interrupt) {
            throw interrupted(interrupt, effect, whenInterrupted);
        } catch (ExecutionException failed) {
            throw rethrown(failed);
        }
    }

    static OperationInterruptedException interrupted(
            InterruptedException interrupt, ServerEffect effect, Runnable whenInterrupted) {
        whenInterrupted.run();
        Thread.currentThread().interrupt();
        return new OperationInterruptedException(interrupt, effect);
    }

    /** Returns what failed, as an exception whose stack trace begins with who waits for it. */
    static RuntimeException rethrown(Throwable failed) {
        Throwable cause = failed;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof PgException failure) {
            failure.setStackTrace(joined(new Throwable().getStackTrace(), failure.getStackTrace()));
            return failure;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }

    private static StackTraceElement[] joined(StackTraceElement[] here, StackTraceElement[] there) {
        StackTraceElement[] all = new StackTraceElement[here.length + there.length];
        System.arraycopy(here, 0, all, 0, here.length);
        System.arraycopy(there, 0, all, here.length, there.length);
        return all;
    }
}
