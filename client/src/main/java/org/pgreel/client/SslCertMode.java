package org.pgreel.client;

/** Whether the client shows its certificate, with libpq's names. */
public enum SslCertMode {
    /** Never, although there is one. */
    DISABLE("disable"),
    /** If the server asks and there is one. */
    ALLOW("allow"),
    /** The server must have asked for it and got it, or there is no session. */
    REQUIRE("require");

    private final String word;

    SslCertMode(String word) {
        this.word = word;
    }

    /** Returns libpq's word for it. */
    public String word() {
        return word;
    }

    /**
     * Reads libpq's word.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static SslCertMode of(String word) {
        return Checked.word("sslcertmode", word, values(), SslCertMode::word);
    }
}
