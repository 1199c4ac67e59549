package org.pgreel.client;

import org.jspecify.annotations.Nullable;

/**
 * COMMIT was asked for, and the server answered that it has rolled back: a statement before it had failed, by which the
 * transaction was aborted. The server reports no error then, only the tag ROLLBACK. The session goes on.
 *
 * <p>The cause is the failure that aborted the transaction, where it went through the transaction's handle.
 */
public final class TransactionRolledBackException extends PgException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param tag the command tag that answered COMMIT
     * @param abortedBy the failure that aborted the transaction; null if the handle did not see it
     */
    public TransactionRolledBackException(String tag, @Nullable ServerErrorException abortedBy) {
        super(
                "COMMIT was answered with " + tag + ": the transaction had been aborted by an earlier error"
                        + (abortedBy == null ? "" : " (" + abortedBy.sqlState() + ")")
                        + ", so nothing of it is permanent; look at each statement's failure, or use a savepoint",
                abortedBy,
                ServerEffect.NONE);
    }

    @Override
    public String kind() {
        return "TransactionRolledBack";
    }
}
