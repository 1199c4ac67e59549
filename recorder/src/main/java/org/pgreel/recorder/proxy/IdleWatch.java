package org.pgreel.recorder.proxy;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which nothing is said for too long. It looks twice within the limit, so it is late by half of it at
 * most, and a byte that passes costs nothing but a flag. Confined to the connection's event loop.
 */
final class IdleWatch implements Runnable {

    private static final int LOOKS = 2;

    private final ProxiedConnection connection;
    private final EventLoop loop;
    private final int limitMillis;
    private int looksWithoutWord;

    private IdleWatch(ProxiedConnection connection, EventLoop loop, int limitMillis) {
        this.connection = connection;
        this.loop = loop;
        this.limitMillis = limitMillis;
    }

    /**
     * Watches a connection to its end.
     *
     * @param limitMillis for how long nothing may be said; 0 for ever
     */
    static void over(ProxiedConnection connection, EventLoop loop, int limitMillis) {
        if (limitMillis > 0) {
            new IdleWatch(connection, loop, limitMillis).lookLater();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The watch ends itself when the connection is over.
    private void lookLater() {
        loop.schedule(this, Math.max(1, limitMillis / LOOKS), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (connection.isOver()) {
            return;
        }
        looksWithoutWord = connection.saidSomething() ? 0 : looksWithoutWord + 1;
        if (looksWithoutWord >= LOOKS) {
            connection.idle(limitMillis);
        } else {
            lookLater();
        }
    }
}
