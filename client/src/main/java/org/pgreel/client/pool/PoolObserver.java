package org.pgreel.client.pool;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Who measures a pool. Called on the thread at hand, an event loop or the borrower's own, so it must not block; what it
 * throws is logged and changes nothing.
 */
public interface PoolObserver {

    /**
     * The pool begins.
     *
     * @param options its options
     * @param metrics tells what it consists of, at any time and on any thread, also after its end
     */
    default void opened(PoolOptions options, Supplier<PoolMetrics> metrics) {}

    /**
     * An acquire was answered with a session.
     *
     * @param time how long it had waited
     */
    default void waited(Duration time) {}

    /**
     * A borrower has returned a session.
     *
     * @param time how long it had been lent
     */
    default void used(Duration time) {}

    /** The pool is closed, and its last session over. */
    default void closed() {}
}
