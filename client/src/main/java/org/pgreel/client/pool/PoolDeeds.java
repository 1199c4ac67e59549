package org.pgreel.client.pool;

/** What a {@link PoolBook} wants done; it is done after the input at hand, outside of any lock. */
interface PoolDeeds {

    /** Opens a session for a new place; answered by connected, connectFailed or ended. */
    void connect(Place place);

    /** Asks an idle session whether it is still good; answered by available, doomed or ended. */
    void check(Place place);

    /** Gives the session to the one who waited longest. */
    void lend(Place place, Waiter waiter);

    /** Closes the session; answered by ended. */
    void close(Place place);

    /** Tells a waiter why there is no session for it. */
    void fail(Waiter waiter, RuntimeException why);

    /** Wants {@link PoolBook#tick} at a time at the latest. */
    void wakeBy(long nanos);

    /** The pool is closed and its last session over; told once. */
    void drained();
}
