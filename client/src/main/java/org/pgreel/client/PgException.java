package org.pgreel.client;

import org.jspecify.annotations.Nullable;

/**
 * Why an operation failed: blame and consequence are in the type, facts in its accessors, and the message is a
 * sentence that names the cause and, where there is one, the remedy.
 *
 * <p>{@link #mayHaveExecuted()} answers the question that matters before a retry.
 */
public abstract sealed class PgException extends RuntimeException
        permits AcquireTimedOutException,
                ConnectFailedException,
                ConnectionLostException,
                DataErrorException,
                LimitExceededException,
                NotExecutedException,
                OperationInterruptedException,
                OperationTimedOutException,
                PoolClosedException,
                ProtocolViolationException,
                ReceiverFailedException,
                RolledBackException,
                ServerErrorException,
                SessionClosedException,
                TransactionRolledBackException {

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
     *
     * <p>Not every error will do, for it must come before the commit:
     *
     * <ul>
     *   <li>A simple query (and {@code copyIn}) is committed before the CommandComplete of its last statement is sent: an
     *       error behind that one leaves it true, unless the error aborted the transaction block it was in.
     *   <li>A parameterized query is committed behind its CommandComplete: an ERROR there (a deferred constraint) is a
     *       commit that failed, and it is false. After a FATAL there it is true.
     *   <li>A PANIC leaves it true wherever it comes, and so does a FATAL error of class 08, by which a pooler tells that
     *       it lost the server.
     * </ul>
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
