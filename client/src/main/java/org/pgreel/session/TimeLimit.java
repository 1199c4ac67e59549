package org.pgreel.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ShutdownReason;

/**
 * The time limit of the oldest operation on the wire, from the moment it became that: when it is over the operation is
 * cancelled, and if the server does not answer within a grace the session ends, which frees the caller.
 *
 * <p>Where the server told no key there is nothing to wait for, and the session ends at once.
 */
final class TimeLimit {

    private final Effects effects;
    private final Cancels cancels;
    private final Duration grace;
    private final @Nullable Duration standard;
    private @Nullable Operation<?> limited;
    private @Nullable CompletableFuture<CancelOutcome> cancel;
    private boolean graceRuns;
    private boolean failedBefore;

    TimeLimit(ConnectOptions options, Effects effects, Cancels cancels) {
        this.effects = effects;
        this.cancels = cancels;
        this.grace = options.cancelGrace();
        this.standard = options.operationTimeout().orElse(null);
    }

    private Duration limitOf(Operation<?> operation) {
        Duration own = operation.limit();
        Duration limit = own == null ? standard : own;
        return limit == null ? Duration.ZERO : limit;
    }

    /** An operation is the oldest on the wire now, or a new Sync segment of it begins: its time runs. */
    void runs(Operation<?> head) {
        withdraw();
        if (limitOf(head).isZero()) {
            stops();
        } else {
            limited = head;
            graceRuns = false;
            failedBefore = false;
            effects.armTimer(Timer.OPERATION, limitOf(head));
        }
    }

    /** The cancel of what is answered now must not reach the segment behind it, if that can be helped. */
    private void withdraw() {
        CompletableFuture<CancelOutcome> own = cancel;
        cancel = null;
        if (own != null) {
            cancels.withdraw(own);
        }
    }

    /** Nothing is on the wire. */
    void stops() {
        withdraw();
        if (limited != null) {
            limited = null;
            effects.disarm(Timer.OPERATION);
        }
    }

    /** The time is over: first the operation's, then the server's. */
    void elapsed() {
        Operation<?> head = limited;
        if (head == null) {
            return;
        }
        Duration limit = limitOf(head);
        if (graceRuns || !cancels.possible()) {
            throw SessionEnd.timedOut(new ShutdownReason.OperationTimedOut(limit));
        }
        graceRuns = true;
        head.overran(limit);
        effects.armTimer(Timer.OPERATION, grace);
        CompletableFuture<CancelOutcome> own = new CompletableFuture<>();
        cancel = own;
        cancels.cancel(head, own);
    }

    /**
     * The timer could not be armed: it is tried once more, with the whole time.
     *
     * @param cause why not
     */
    void timerFailed(Throwable cause) {
        Operation<?> head = limited;
        if (head == null) {
            return;
        }
        if (failedBefore) {
            throw SessionEnd.local(new ShutdownReason.TimerFailed(cause));
        }
        failedBefore = true;
        effects.armTimer(Timer.OPERATION, graceRuns ? grace : limitOf(head));
    }
}
