package org.pgreel.client;

/**
 * The thread that waited for an operation was interrupted. The server was asked to cancel the operation, but its answer was
 * not awaited: it may still run, and may still succeed. The thread's interrupt status is set.
 */
public final class OperationInterruptedException extends PgException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param cause the interrupt
     * @param effect what the operation may leave behind
     */
    public OperationInterruptedException(InterruptedException cause, ServerEffect effect) {
        super(
                "the thread was interrupted while it waited for the server; a cancel was asked for,"
                        + " but the operation may run on",
                cause,
                effect);
    }

    @Override
    public String kind() {
        return "OperationInterrupted";
    }
}
