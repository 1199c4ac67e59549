package org.pgreel.scenarios.file;

import org.pgreel.replay.server.ServerCertificate;

/** What certificate the scenario's server shows. */
public enum Certificate {
    /** One that a client accepts that trusts the server's authority. */
    VALID("valid"),
    /** One whose time is over. */
    EXPIRED("expired"),
    /** One for another host. */
    OTHER_HOST("other-host"),
    /** One that an authority signed of which the client knows nothing. */
    UNKNOWN_CA("unknown-ca"),
    /** A valid one, on a server that speaks no newer protocol than TLS 1.2. */
    TLS_1_2("tls-1.2"),
    /** A valid one, on a server that chooses no protocol (ALPN), as those before PostgreSQL 17. */
    NO_ALPN("no-alpn");

    private final String word;

    Certificate(String word) {
        this.word = word;
    }

    /** Returns the word in scenario files. */
    public String word() {
        return word;
    }

    /** Returns what the server makes; what is unknown of its authority is the client's side of it. */
    public ServerCertificate shown() {
        return switch (this) {
            case VALID, UNKNOWN_CA -> ServerCertificate.VALID;
            case EXPIRED -> ServerCertificate.EXPIRED;
            case OTHER_HOST -> ServerCertificate.OTHER_HOST;
            case TLS_1_2 -> ServerCertificate.TLS_1_2;
            case NO_ALPN -> ServerCertificate.NO_ALPN;
        };
    }
}
