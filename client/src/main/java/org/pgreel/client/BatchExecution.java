package org.pgreel.client;

import java.util.concurrent.CompletableFuture;

/** Executes batches; every {@link Session} does. Thread-safe. */
public interface BatchExecution {

    /**
     * Executes a statement once for each row of a batch, with one Sync behind all: outside a transaction block either all rows
     * take effect or none does. Nothing else of the session comes between.
     *
     * <p>What rows the statement returns is not kept: use {@link Session#pipeline(java.util.List, PipelineSync)} for those.
     *
     * @param batch the statement and its rows, to which nothing can be added any more; without rows nothing is sent
     * @return what it did; fails with {@link RolledBackException} if the server refused a row, which that names, and with what
     *     any operation may fail with
     * @throws IllegalArgumentException if the statement cannot be sent
     * @throws IllegalStateException if a row was begun and not ended
     */
    CompletableFuture<BatchResult> execute(StatementBatch batch);
}
