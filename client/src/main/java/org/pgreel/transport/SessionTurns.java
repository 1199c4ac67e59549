package org.pgreel.transport;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Gives a session its turns on its event loop, the session's owner: one input at a time, then what was asked for
 * meanwhile by {@link #execute} from any thread, in the order of asking, and at the end of the turn one flush.
 *
 * <p>When the loop is gone (its client was closed) the asking thread becomes the owner for the length of its task, under
 * a lock, so that a late operation still completes. While the loop is on its way out it remains the owner to its last
 * step; what it refuses, or takes and drops, runs when it is gone. So every task runs once, whenever it was asked for.
 */
final class SessionTurns {
    /** So many tasks run in one turn before other sessions of the loop have theirs. */
    private static final int TASKS_PER_TURN_MAX = 256;

    private final EventLoop loop;
    private final Runnable endOfTurn;
    private final Consumer<Throwable> broken;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    /** Held by the owner that stands in for a loop that is gone. */
    private final Object orphaned = new Object();

    private int depth;

    /**
     * Creates the turns.
     *
     * @param loop the owner
     * @param endOfTurn called at the end of each turn, by the owner
     * @param broken called when a task or input throws, which is a defect, by the owner
     */
    SessionTurns(EventLoop loop, Runnable endOfTurn, Consumer<Throwable> broken) {
        this.loop = loop;
        this.endOfTurn = endOfTurn;
        this.broken = broken;
    }

    /**
     * Tells whether the calling thread is inside a turn of this session, with nothing waiting. Anyone else goes through
     * {@link #execute}, also on the same event loop, so that nobody overtakes what was asked for before.
     */
    boolean ownedByCurrentThread() {
        return (loop.inEventLoop() || Thread.holdsLock(orphaned)) && depth > 0 && tasks.isEmpty();
    }

    /** Runs a task in the owner's next turn, or at the end of the present one. */
    void execute(Runnable task) {
        tasks.add(task);
        boolean insideTurn = (loop.inEventLoop() || Thread.holdsLock(orphaned)) && depth > 0;
        if (!insideTurn) {
            wakeUp();
        }
    }

    /** Runs an input as a turn of its own, or within the turn that is going on. Called by the owner. */
    void turn(Runnable input) {
        enter();
        try {
            input.run();
        } catch (Throwable thrown) {
            broken(thrown);
        } finally {
            leave();
        }
    }

    /** Begins an input; {@link #leave} follows. Called by the owner. */
    void enter() {
        depth++;
    }

    /** Ends an input and, if it is the outermost, the turn. Called by the owner. */
    void leave() {
        try {
            if (depth == 1) {
                runTasks();
            }
        } finally {
            depth--;
            if (depth == 0) {
                endTurn();
            }
        }
    }

    private void endTurn() {
        try {
            endOfTurn.run();
        } catch (Throwable thrown) {
            broken(thrown);
        }
    }

    /** Reports a defect: an input threw. Called by the owner. */
    void broken(Throwable thrown) {
        broken.accept(thrown);
    }

    private void wakeUp() {
        if (!wakeUpPending.compareAndSet(false, true)) {
            return;
        }
        try {
            loop.execute(this::wokenUp);
        } catch (RejectedExecutionException loopEnds) {
            whenLoopIsGone();
            return;
        }
        if (loop.isShuttingDown()) {
            // It took the task, but a task that comes between a loop's last pass and its end is dropped.
            whenLoopIsGone();
        }
    }

    private void whenLoopIsGone() {
        if (loop.isTerminated()) {
            wokenUpWithoutLoop();
        } else {
            loop.terminationFuture().addListener(gone -> wokenUpWithoutLoop());
        }
    }

    private void wokenUp() {
        wakeUpPending.set(false);
        turn(() -> {});
    }

    /** Nobody waits for a turn of another session here, so it goes on until nothing is left. */
    private void wokenUpWithoutLoop() {
        synchronized (orphaned) {
            do {
                wokenUp();
            } while (depth == 0 && !tasks.isEmpty());
        }
    }

    private void runTasks() {
        for (int count = 0; count < TASKS_PER_TURN_MAX; count++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable thrown) {
                broken(thrown);
            }
        }
        if (!Thread.holdsLock(orphaned)) {
            wakeUp();
        }
    }
}
