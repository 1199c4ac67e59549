package org.pgreel.client;

import java.util.concurrent.CompletableFuture;

/**
 * A statement whose rows come in windows: the server stops behind each and waits to be asked for the next.
 *
 * <p>The first window is asked for at once. Until the stream has ended, no other operation of the session is sent: it ends
 * with its last row, with {@link #stop}, or by a failure. Outside a transaction block it has a transaction of its own, which
 * lasts as long. Thread-safe.
 */
public interface RowStream extends Inflow {

    /**
     * Asks for one more window. Asked before the window at hand is complete, it is kept and sent then. Nothing happens behind
     * the last row, a stop or a failure.
     */
    void fetch();

    /** Ends the stream: rows that are on their way are thrown away, and the server closes the portal. */
    @Override
    void stop();

    /**
     * Completes when the stream has ended.
     *
     * @return its columns and command tag, without rows; the tag is empty if it was stopped before its last row, and counts
     *     the rows of the last window only. Or a {@link PgException}
     */
    CompletableFuture<QueryResult> done();
}
