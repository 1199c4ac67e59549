package org.pgreel.client;

import java.time.Duration;

/** Our own time limit was reached before the operation's ReadyForQuery; the session is closed. */
public final class OperationTimedOutException extends PgException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    /**
     * Creates the failure.
     *
     * @param limit the limit that was reached
     * @param effect what the operation may have left behind
     */
    public OperationTimedOutException(Duration limit, ServerEffect effect) {
        super(
                "no ReadyForQuery came within " + limit.toMillis()
                        + " ms (operationTimeout); the session is closed because its answer could still come",
                null,
                effect);
        this.limit = limit;
    }

    /** Returns the limit that was reached. */
    public Duration limit() {
        return limit;
    }

    @Override
    public String kind() {
        return "OperationTimedOut";
    }
}
