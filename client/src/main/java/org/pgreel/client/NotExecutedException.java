package org.pgreel.client;

/**
 * The statement was not executed, because one before it in the same batch failed; the server skipped it.
 *
 * <p>{@link #getCause()} is the failure of that statement.
 */
public final class NotExecutedException extends PgException {

    private static final long serialVersionUID = 1L;

    private final int failedIndex;

    /**
     * Creates the failure.
     *
     * @param failedIndex the index of the statement that failed, from 0
     * @param cause how that one failed
     */
    public NotExecutedException(int failedIndex, ServerErrorException cause) {
        super(
                "not executed, because statement " + failedIndex + " of the same batch failed: " + cause.getMessage(),
                cause,
                ServerEffect.NONE);
        this.failedIndex = failedIndex;
    }

    /** Returns the index of the statement that failed, from 0. */
    public int failedIndex() {
        return failedIndex;
    }

    @Override
    public String kind() {
        return "NotExecuted";
    }
}
