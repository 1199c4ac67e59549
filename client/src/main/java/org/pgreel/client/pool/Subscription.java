package org.pgreel.client.pool;

import java.util.concurrent.CompletableFuture;

/** Someone's interest in a channel, until it is closed. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** Returns the channel, exactly as it was given. */
    String channel();

    /**
     * Completes when the server has confirmed LISTEN for the first time.
     *
     * @return done then; or why that cannot be (a wrong password, say; the subscription is over then)
     */
    CompletableFuture<Void> listening();

    /** Ends it: nothing is told from the moment on at which this returns, but for a call that is under way. */
    @Override
    void close();
}
