package org.pgreel.client;

import org.jspecify.annotations.Nullable;

/**
 * Why an operation failed: blame and consequence are in the type, facts in its accessors, and the message is a
 * sentence that names the cause and, where there is one, the remedy.
 *
 * <p>{@link #mayHaveExecuted()} answers the question that matters before a retry.
 */
public abstract sealed class PgException extends RuntimeException
        permits ConnectFailedException,
                ConnectionLostException,
                LimitExceededException,
                OperationTimedOutException,
                ProtocolViolationException,
                ServerErrorException,
                SessionClosedException {

    private static final long serialVersionUID = 1L;

    private final ServerEffect effect;

    PgException(String message, @Nullable Throwable cause, ServerEffect effect) {
        super(message, cause);
        this.effect = effect;
    }

    /** Returns what the operation may have left behind on the server. */
    public final ServerEffect effect() {
        return effect;
    }

    /**
     * Tells whether the operation may have run on the server.
     *
     * <p>It is false only if no byte of the operation was handed to the socket, or the server answered it with an error
     * and it contained no transaction control. In every other case it is true: a CommandComplete without the
     * ReadyForQuery behind it is not a success, and silence is not a failure.
     */
    public final boolean mayHaveExecuted() {
        return effect != ServerEffect.NONE;
    }

    /**
     * Tells whether what the operation did may be permanent.
     *
     * <p>It is false when {@link #mayHaveExecuted()} is, and also when the operation ran inside a transaction block for
     * which no COMMIT had been handed to the socket.
     */
    public final boolean mayHaveCommitted() {
        return effect == ServerEffect.MAY_HAVE_COMMITTED;
    }

    /** Returns the failure's name as the notation spells it, such as {@code ConnectionLost}. */
    public abstract String kind();
}
