package org.pgreel.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets a server run until SIGTERM or SIGINT and then end in order.
 *
 * <p>The JVM answers both signals by running its shutdown hooks and would then end with 143 or 130. The hook here wakes
 * the command's own thread, waits until that has stopped the server, and halts with the command's exit status.
 */
final class StopSignal {

    /** More than a server ever needs to close its connections and its journal. */
    private static final long STOP_SECONDS_MAX = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();
    private volatile int exitStatus = ExitStatus.INPUT_OUTPUT;

    private final long secondsMax;

    private StopSignal(long secondsMax) {
        this.secondsMax = secondsMax;
    }

    /** Returns a signal that listens from now on. */
    static StopSignal listening() {
        return listening(Duration.ZERO);
    }

    /**
     * Returns a signal that listens from now on.
     *
     * @param more how long the server may take to stop, besides what every server takes
     */
    static StopSignal listening(Duration more) {
        var signal = new StopSignal(STOP_SECONDS_MAX + more.toSeconds());
        Runtime.getRuntime().addShutdownHook(new Thread(signal::shutDown, "pgreel-stop"));
        return signal;
    }

    /**
     * Says what is to be done when the end is asked for, besides waking who waits; at once if it has been asked for.
     *
     * @param newAction run once, on the thread of the signal or on this one
     */
    void whenAsked(Runnable newAction) {
        action.set(newAction);
        if (asked.getCount() == 0) {
            act();
        }
    }

    private void act() {
        Runnable once = action.getAndSet(null);
        if (once != null) {
            once.run();
        }
    }

    /** Waits until the end is asked for. */
    void await() throws InterruptedException {
        asked.await();
    }

    /**
     * Waits until the end is asked for, but not longer than told.
     *
     * @return whether it is asked for
     */
    boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Says that everything is stopped and closed.
     *
     * @param status the exit status of the command
     */
    void stopped(int status) {
        exitStatus = status;
        stopped.countDown();
    }

    private void shutDown() {
        if (stopped.getCount() == 0) {
            return;
        }
        asked.countDown();
        act();
        try {
            if (!stopped.await(secondsMax, TimeUnit.SECONDS)) {
                System.err.println("pgreel: the server did not stop within " + secondsMax + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitStatus);
    }
}
