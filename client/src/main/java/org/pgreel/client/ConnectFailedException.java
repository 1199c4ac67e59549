package org.pgreel.client;

/** The session never got ready, so the operation was never sent. */
public final class ConnectFailedException extends PgException {

    private static final long serialVersionUID = 1L;

    private final transient ConnectionFailureReason reason;

    /**
     * Creates the failure.
     *
     * @param reason why the session never got ready
     */
    public ConnectFailedException(ConnectionFailureReason reason) {
        super(reason.sentence(), reason.cause(), ServerEffect.NONE);
        this.reason = reason;
    }

    /** Returns why the session never got ready; the same value that the callback was given. */
    public ConnectionFailureReason reason() {
        return reason;
    }

    @Override
    public String kind() {
        return reason.name();
    }
}
