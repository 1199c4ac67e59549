package org.pgreel.client;

/**
 * The statement itself did not fail, but one behind it in the same batch did, and the server rolled back both.
 *
 * <p>{@link #getCause()} is the failure of that statement.
 */
public final class RolledBackException extends PgException {

    private static final long serialVersionUID = 1L;

    private final int failedIndex;

    /**
     * Creates the failure.
     *
     * @param failedIndex the index of the statement that failed, from 0
     * @param cause how that one failed
     * @param effect what the statement may have left behind
     */
    public RolledBackException(int failedIndex, ServerErrorException cause, ServerEffect effect) {
        super(
                "rolled back, because statement " + failedIndex + " of the same batch failed: " + cause.getMessage(),
                cause,
                effect);
        this.failedIndex = failedIndex;
    }

    /** Returns the index of the statement that failed, from 0. */
    public int failedIndex() {
        return failedIndex;
    }

    @Override
    public String kind() {
        return "RolledBack";
    }
}
