package org.pgreel.benchmarks.peer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Queries of one row by an asynchronous library, a number of them in flight: each answer lets the next query go. Everything
 * but {@link #await} happens on the library's event loop.
 */
public abstract class InFlight {

    private static final long LIMIT_SECONDS = 120;

    private final Round round;
    private final int depth;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private int asked;
    private int answered;
    private long begun;
    private long checksum;

    /**
     * Creates the queries of one round.
     *
     * @param round the round
     * @param depth how many are in flight; if it is 1 their times are noted
     */
    protected InFlight(Round round, int depth) {
        this.round = round;
        this.depth = depth;
    }

    /** Asks for a row; {@link #answered} or {@link #failed} follows, later. */
    protected abstract void ask(int key);

    /** Sends the first queries. */
    public final void begin() {
        int first = Math.min(depth, round.repeats());
        for (int i = 0; i < first; i++) {
            next();
        }
    }

    private void next() {
        asked++;
        if (depth == 1) {
            begun = System.nanoTime();
        }
        ask(round.key());
    }

    /** Takes the checksum of an answer. */
    protected final void answered(long row) {
        if (depth == 1) {
            round.took(System.nanoTime() - begun);
        }
        checksum += row;
        answered++;
        if (asked < round.repeats()) {
            next();
        } else if (answered == round.repeats()) {
            done.complete(checksum);
        }
    }

    /** Ends the round. */
    protected final void failed(Throwable cause) {
        done.completeExceptionally(cause);
    }

    /**
     * Waits for the last answer.
     *
     * @return the checksum of all
     * @throws Exception if a query failed
     */
    public final long await() throws Exception {
        return done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
