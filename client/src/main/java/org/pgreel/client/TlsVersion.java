package org.pgreel.client;

/** A version of TLS that this client speaks. */
public enum TlsVersion {
    /** 1.2. */
    V1_2("TLSv1.2"),
    /** 1.3. */
    V1_3("TLSv1.3");

    private final String word;

    TlsVersion(String word) {
        this.word = word;
    }

    /** Returns libpq's and Java's word for it. */
    public String word() {
        return word;
    }

    /**
     * Reads libpq's word.
     *
     * @throws IllegalArgumentException if it is another word, TLSv1 and TLSv1.1 among them
     */
    public static TlsVersion of(String word) {
        return Checked.word("the version of TLS", word, values(), TlsVersion::word);
    }
}
