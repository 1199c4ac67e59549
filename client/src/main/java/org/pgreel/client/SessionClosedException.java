package org.pgreel.client;

/** The session was closed on this side before the operation was done, or before it was submitted. */
public final class SessionClosedException extends PgException {

    private static final long serialVersionUID = 1L;

    private final transient ShutdownReason reason;

    /**
     * Creates the failure.
     *
     * @param reason how the session ended
     * @param effect what the operation may have left behind
     */
    public SessionClosedException(ShutdownReason reason, ServerEffect effect) {
        super(reason.sentence(), reason.cause(), effect);
        this.reason = reason;
    }

    /** Returns how the session ended. */
    public ShutdownReason reason() {
        return reason;
    }

    @Override
    public String kind() {
        return "SessionClosed";
    }
}
