package org.pgreel.client.pool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a borrower gets for what the session gave, so that the operation can be found by either. */
final class LentAnswer<R> extends CompletableFuture<R> {
    private final CompletionStage<R> given;

    LentAnswer(CompletionStage<R> given) {
        this.given = given;
    }

    /** Returns the session's own answer. */
    CompletableFuture<R> given() {
        return given.toCompletableFuture();
    }

    /** A stage that follows is no operation's. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
