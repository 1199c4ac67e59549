package org.pgreel.client;

/** The transport ended, or the server ended the session, before the operation's ReadyForQuery. */
public final class ConnectionLostException extends PgException {

    private static final long serialVersionUID = 1L;

    private final transient ShutdownReason reason;

    /**
     * Creates the failure.
     *
     * @param reason how the session ended
     * @param effect what the operation may have left behind
     */
    public ConnectionLostException(ShutdownReason reason, ServerEffect effect) {
        super(reason.sentence(), reason.cause(), effect);
        this.reason = reason;
    }

    /** Returns how the session ended. */
    public ShutdownReason reason() {
        return reason;
    }

    @Override
    public String kind() {
        return "ConnectionLost";
    }
}
