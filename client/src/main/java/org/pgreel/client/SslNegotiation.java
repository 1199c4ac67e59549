package org.pgreel.client;

/** How TLS begins, with libpq's names. */
public enum SslNegotiation {
    /** With SSLRequest, which every server answers. */
    POSTGRES("postgres"),
    /**
     * With TLS at once, one round trip less: PostgreSQL 17 and newer. It needs a mode that demands TLS, and the server
     * must choose the protocol {@code postgresql} (ALPN), so that no other service can be meant.
     */
    DIRECT("direct");

    private final String word;

    SslNegotiation(String word) {
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
    public static SslNegotiation of(String word) {
        return Checked.word("sslnegotiation", word, values(), SslNegotiation::word);
    }
}
