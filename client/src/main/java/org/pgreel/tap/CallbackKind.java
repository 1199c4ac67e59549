package org.pgreel.tap;

/** The callbacks of {@code SessionStatusNotify}, as a recording names them. */
public enum CallbackKind {
    /** The transport is up. */
    CONNECTED("pgSessionConnected"),
    /** The session never got ready. */
    CONNECTION_FAILED("pgSessionConnectionFailed"),
    /** The server accepted the login. */
    AUTHENTICATED("pgSessionAuthenticated"),
    /** A ReadyForQuery told the transaction's status. */
    TRANSACTION_STATUS("pgTransactionStatus"),
    /** A NOTIFY arrived. */
    NOTIFICATION("pgNotification"),
    /** A notice arrived. */
    NOTICE("pgNotice"),
    /** The server reported a parameter. */
    PARAMETER_STATUS("pgParameterStatus"),
    /** The session is over. */
    SHUTDOWN("pgSessionShutdown");

    private final String callbackName;

    CallbackKind(String callbackName) {
        this.callbackName = callbackName;
    }

    /** Returns the name of the callback, which also stands for it in a transcript. */
    public String callbackName() {
        return callbackName;
    }
}
