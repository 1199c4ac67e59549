package org.pgreel.client.pool;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Session;
import org.pgreel.client.Timers;

/** Someone who asked for a session. */
final class Waiter {
    final CompletableFuture<Session> future = new CompletableFuture<>();
    /** When it was asked for. */
    final long since;

    /** Where it was asked for; null unless leaks are reported. */
    final @Nullable Throwable askedAt;

    private Timers.@Nullable Waiting limit;

    Waiter(long since, @Nullable Throwable askedAt) {
        this.since = since;
        this.askedAt = askedAt;
    }

    /** Takes the timer that ends the wait; it is taken back when the wait is over. */
    synchronized void boundedBy(Timers.Waiting timer) {
        limit = timer;
    }

    synchronized void waitsNoLonger() {
        if (limit != null) {
            limit.cancel();
        }
    }
}
