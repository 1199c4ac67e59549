package org.pgreel.client;

/**
 * The server broke the protocol while the operation was under way, or before its turn came; the session is closed.
 *
 * <p>The message says what was wrong, and never repeats what the server sent.
 */
public final class ProtocolViolationException extends PgException {

    private static final long serialVersionUID = 1L;

    private final String violation;

    /**
     * Creates the failure.
     *
     * @param violation what was wrong
     * @param effect what the operation may have left behind
     */
    public ProtocolViolationException(String violation, ServerEffect effect) {
        super("the server broke the protocol: " + violation + "; the session is closed", null, effect);
        this.violation = violation;
    }

    /** Returns what was wrong, such as {@code ReadyForQuery while nothing was asked}. */
    public String violation() {
        return violation;
    }

    @Override
    public String kind() {
        return "ProtocolViolation";
    }
}
