package org.pgreel.scenarios.file;

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
    TLS_1_2("tls-1.2");

    private final String word;

    Certificate(String word) {
        this.word = word;
    }

    /** Returns the word in scenario files. */
    public String word() {
        return word;
    }
}
