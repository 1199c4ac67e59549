package org.pgreel.session;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ShutdownReason;

/**
 * Ends the session when the server falls silent in the middle of a message: it never does by itself, so the connection is
 * lost though nobody said so. Silence between two messages is legal and may last, and so is that which we ask for
 * ourselves when we do not read.
 */
final class StallWatch {

    private final Effects effects;
    private final Duration limit;
    private boolean armed;
    private boolean midMessage;
    private boolean paused;

    StallWatch(ConnectOptions options, Effects effects) {
        this.effects = effects;
        this.limit = options.stallTimeout();
    }

    /**
     * Bytes arrived and were taken.
     *
     * @param inMessage whether they end in the middle of a message
     */
    void progressed(boolean inMessage) {
        midMessage = inMessage;
        watch();
    }

    /** Reading is paused by us; what does not come meanwhile is not missed. */
    void paused() {
        paused = true;
        watch();
    }

    /** Reading goes on. */
    void resumed() {
        paused = false;
        watch();
    }

    private void watch() {
        boolean wanted = midMessage && !paused && !limit.isZero();
        if (wanted) {
            armed = true;
            effects.armTimer(Timer.STALL, limit);
        } else if (armed) {
            armed = false;
            effects.disarm(Timer.STALL);
        }
    }

    /** The silence was too long. */
    void elapsed() {
        if (armed) {
            armed = false;
            throw SessionEnd.timedOut(new ShutdownReason.ConnectionLost(
                    new TimeoutException("the server fell silent in the middle of a message for " + limit.toMillis()
                            + " ms (stallTimeout)")));
        }
    }
}
