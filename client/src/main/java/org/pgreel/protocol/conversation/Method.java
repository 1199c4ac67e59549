package org.pgreel.protocol.conversation;

/** How far authentication has come: what decides which requests may follow. */
enum Method {
    /** Nothing was asked for yet. */
    NONE("an authentication request"),
    /** A password was given, in clear or as MD5; the server may ask again (PAM does). */
    PASSWORD("AuthenticationOk or another request for a password"),
    /** A SASL exchange is under way. */
    SASL("AuthenticationSASLContinue, AuthenticationSASLFinal or AuthenticationOk"),
    /** The SASL exchange is complete. */
    SASL_FINISHED("AuthenticationOk"),
    /** A GSSAPI or SSPI exchange is under way. */
    GSS("AuthenticationGSSContinue or AuthenticationOk"),
    /** The server asked for something that this protocol no longer describes; what follows is not judged. */
    UNFAMILIAR("an authentication request");

    private final String next;

    Method(String next) {
        this.next = next;
    }

    /** Returns what the backend may send next, ErrorResponse aside. */
    String next() {
        return next;
    }

    boolean mayAskForPassword() {
        return this == NONE || this == PASSWORD || this == UNFAMILIAR;
    }

    boolean mayBegin() {
        return this == NONE || this == UNFAMILIAR;
    }

    boolean mayContinueSasl() {
        return this == SASL || this == UNFAMILIAR;
    }

    boolean mayContinueGss() {
        return this == GSS || this == UNFAMILIAR;
    }
}
