package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.Inflow;

/**
 * The way from an operation's answer to the application's receiver: the valve, and what becomes of a receiver that throws.
 * Nothing passes it behind a stop, a failure of the receiver or an error of the server. Confined to the session's owner,
 * except what {@link Inflow} has.
 */
abstract sealed class Delivery implements Inflow permits RowDelivery, CopyDelivery {

    private final Ownership owner;
    private boolean paused;
    private boolean over;
    private boolean stopped;
    private @Nullable Failure failure;

    /** The thread that is inside the receiver. Read by others without care, since only that thread can find itself here. */
    private @Nullable Thread inside;

    /**
     * Why the receiver is given nothing more.
     *
     * @param sentence what happened
     * @param cause what the receiver threw; null if it did not
     */
    record Failure(String sentence, @Nullable Throwable cause) {}

    Delivery(Ownership owner) {
        this.owner = owner;
    }

    /** Calls a method of the receiver, unless it is given nothing more. */
    final void tell(Runnable call) {
        if (over) {
            return;
        }
        enter();
        try {
            call.run();
        } catch (Throwable thrown) {
            threw(thrown);
        } finally {
            leave();
        }
    }

    /** The receiver is about to be called. */
    final void enter() {
        inside = Thread.currentThread();
    }

    /** The receiver was called. */
    final void leave() {
        inside = null;
    }

    /** What the receiver asks for holds before the next row, whatever others have asked for and was not looked at yet. */
    private void change(Runnable change) {
        if (inside == Thread.currentThread()) {
            change.run();
        } else {
            owner.change(change);
        }
    }

    final void threw(Throwable thrown) {
        // By now the stack of a receiver that recursed without end has room again.
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        fail("the receiver threw " + thrown.getClass().getSimpleName() + ": nothing more was delivered to it", thrown);
    }

    final void fail(String sentence, @Nullable Throwable cause) {
        if (!over) {
            failure = new Failure(sentence, cause);
        }
        end();
    }

    /** Nothing more is delivered, and so nothing is held back. */
    final void end() {
        over = true;
        paused = false;
    }

    final boolean isOver() {
        return over;
    }

    /** Tells whether the application wants nothing more. */
    final boolean isStopped() {
        return stopped;
    }

    /** Tells whether the application wants nothing at the moment. */
    final boolean isPaused() {
        return paused;
    }

    final @Nullable Failure failure() {
        return failure;
    }

    @Override
    public final void pause() {
        change(() -> paused = !over);
    }

    @Override
    public final void resume() {
        change(() -> paused = false);
    }

    @Override
    public final void stop() {
        change(() -> {
            stopped = true;
            end();
        });
    }
}
