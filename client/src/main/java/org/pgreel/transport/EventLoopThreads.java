package org.pgreel.transport;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgreel.client.EventLoopThread;

/** Makes the threads of event loops, named as {@link NamedThreads} does, and known as threads that may not wait. */
final class EventLoopThreads implements ThreadFactory {
    private final String prefix;
    private final boolean daemon;
    private final AtomicInteger number = new AtomicInteger();

    EventLoopThreads(String prefix, boolean daemon) {
        this.prefix = prefix;
        this.daemon = daemon;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new LoopThread(task, prefix + "-" + number.incrementAndGet());
        thread.setDaemon(daemon);
        return thread;
    }

    /** Netty keeps buffers and its own objects for the next use only on threads of this kind. */
    private static final class LoopThread extends FastThreadLocalThread implements EventLoopThread {
        LoopThread(Runnable task, String name) {
            super(task, name);
        }
    }
}
