package org.pgreel.session;

/** How far a session has come on its way to ready, in words that complete "the client was …". */
enum Stage {
    CONNECTING("connecting"),
    AWAITING_SSL_RESPONSE("awaiting the answer to SSLRequest"),
    IN_TLS_HANDSHAKE("in the TLS handshake"),
    AUTHENTICATING("authenticating"),
    STARTING_UP("awaiting the first ReadyForQuery"),
    /** Ready, but it may be the wrong server. */
    CHECKING("asking the server for its role"),
    READY("ready");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
