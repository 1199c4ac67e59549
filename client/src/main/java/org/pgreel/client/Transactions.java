package org.pgreel.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * The transactions of one session, one at a time. PostgreSQL answers a BEGIN inside a transaction block with a mere
 * warning, after which two handles would share one block; here the second is refused.
 *
 * <p>For those who implement {@link Session}; applications call {@link Session#begin}. Thread-safe.
 */
public final class Transactions {

    private final Session session;
    private final AtomicReference<@Nullable Transaction> current = new AtomicReference<>();

    /**
     * Creates the book of a session that has no transaction yet.
     *
     * @param session the session, as the transactions are to use it
     */
    public Transactions(Session session) {
        this.session = session;
    }

    /**
     * Begins a transaction; see {@link Session#begin}.
     *
     * @param through the view of the session that the transaction uses
     * @param options what kind
     * @return its handle, when the server has begun it
     * @throws IllegalStateException if the session is in a transaction already
     */
    public CompletableFuture<Transaction> begin(Session through, TransactionOptions options) {
        Transaction fresh = new Transaction(through);
        Transaction earlier = current.get();
        if ((earlier != null && !earlier.isOver()) || inBlock() || !current.compareAndSet(earlier, fresh)) {
            throw new IllegalStateException(
                    "the session is in a transaction already: end that one first, or use a savepoint of it");
        }
        CompletableFuture<Transaction> begun = new CompletableFuture<>();
        CompletionStage<QueryResults> answer = through.query(options.beginStatement());
        answer.whenComplete((results, failure) -> {
            if (failure == null) {
                fresh.begun();
                begun.complete(fresh);
            } else {
                fresh.neverBegan();
                begun.completeExceptionally(failure);
            }
        });
        return begun;
    }

    private boolean inBlock() {
        Optional<TransactionStatus> status = session.transactionStatus();
        return status.isPresent() && status.get() != TransactionStatus.IDLE;
    }
}
