package org.pgreel.transport;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads named {@code <prefix>-1}, {@code <prefix>-2} …, so that a thread dump tells what they are for. */
final class NamedThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger number = new AtomicInteger();

    NamedThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
