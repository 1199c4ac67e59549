package org.pgreel.recorder.chronicle;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Reserves space for stripes that grow fast, on a thread of its own, so that who appends need not write the zeros himself.
 * Where it does not keep up, or the disk is full, he does, and meets the failure. Safe for use by many threads.
 */
final class SpaceAhead implements AutoCloseable {

    private final Queue<ReservedSpace> asked = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::work, "pgreel-journal-space");
    private volatile boolean closed;

    private SpaceAhead() {
        thread.setDaemon(true);
    }

    /** Begins. */
    static SpaceAhead begin() {
        SpaceAhead ahead = new SpaceAhead();
        ahead.thread.start();
        return ahead;
    }

    /** Asks for more space in a file. */
    void ask(ReservedSpace space) {
        asked.add(space);
        LockSupport.unpark(thread);
    }

    private void work() {
        while (!closed) {
            ReservedSpace space = asked.poll();
            if (space == null) {
                LockSupport.park(this);
            } else {
                space.fillAhead();
            }
        }
    }

    /** Ends it; a piece that it writes at this moment is written to its end. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
