package org.pgreel.client;

import java.util.concurrent.CompletableFuture;

/**
 * A {@code COPY … TO STDOUT} under way.
 *
 * <p>The protocol has no word to end it early: {@link #stop} throws away what still comes. Thread-safe.
 */
public interface CopyOut extends Inflow {

    /**
     * Completes when the COPY has ended.
     *
     * @return its command tag, which tells the count of rows; without the data. Or a {@link PgException}
     */
    CompletableFuture<QueryResult> done();
}
