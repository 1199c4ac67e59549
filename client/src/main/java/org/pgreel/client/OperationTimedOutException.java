package org.pgreel.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our own time limit was reached before the operation's ReadyForQuery, so the operation was cancelled. If the server
 * then answered with 57014, its error is the {@link #serverError} and the session goes on; if it did not answer within
 * {@code cancelGrace}, the session is closed.
 */
public final class OperationTimedOutException extends PgException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;
    private final transient @Nullable ServerErrorException serverError;

    /**
     * Creates the failure of an operation whose session is closed.
     *
     * @param limit the limit that was reached
     * @param effect what the operation may have left behind
     */
    public OperationTimedOutException(Duration limit, ServerEffect effect) {
        super(
                "no ReadyForQuery came within " + limit.toMillis()
                        + " ms (the operation's time limit), and no cancel ended it; the session is closed because its"
                        + " answer could still come",
                null,
                effect);
        this.limit = limit;
        this.serverError = null;
    }

    /**
     * Creates the failure of an operation that the server cancelled in time.
     *
     * @param limit the limit that was reached
     * @param serverError the server's answer, whose effect is the operation's
     */
    public OperationTimedOutException(Duration limit, ServerErrorException serverError) {
        super(
                "the operation took longer than " + limit.toMillis() + " ms (its time limit) and was cancelled",
                serverError,
                serverError.effect());
        this.limit = limit;
        this.serverError = serverError;
    }

    /** Returns the limit that was reached. */
    public Duration limit() {
        return limit;
    }

    /** Returns the server's answer to the cancel; empty if none came, and the session is closed. */
    public Optional<ServerErrorException> serverError() {
        return Optional.ofNullable(serverError);
    }

    @Override
    public String kind() {
        return "OperationTimedOut";
    }
}
