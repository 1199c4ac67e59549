package org.pgreel.client;

/**
 * Marks the threads that serve sessions: whoever waits on one of them for a session's answer may wait for ever, because the
 * answer would come on that thread. Implemented by a client's event loops.
 */
public interface EventLoopThread {

    /** Tells whether the calling thread serves sessions, so that nothing may be waited for. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof EventLoopThread;
    }
}
