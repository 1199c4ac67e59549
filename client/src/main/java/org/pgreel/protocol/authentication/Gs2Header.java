package org.pgreel.protocol.authentication;

/** The first words of a SCRAM exchange (RFC 5801): what the client says of channel binding. */
enum Gs2Header {
    /** The client cannot bind, or does not want to. */
    NONE("n,,"),
    /** The client could bind, but believes that the server cannot. */
    NOT_OFFERED("y,,"),
    /** The client binds to the hash of the server's certificate (RFC 5929). */
    TLS_SERVER_END_POINT("p=tls-server-end-point,,");

    private final String text;

    Gs2Header(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
