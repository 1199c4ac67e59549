package org.pgreel.replay.engine;

/** How a replayed server makes sure who the client is, in the words of {@code pg_hba.conf}. */
public enum AuthenticationMethod {
    /** Everybody is let in. */
    TRUST("trust"),
    /** The password in clear text. */
    PASSWORD("password"),
    /** An MD5 hash over password, user and a fresh salt. */
    MD5("md5"),
    /** SCRAM-SHA-256, and SCRAM-SHA-256-PLUS on TLS. */
    SCRAM_SHA_256("scram-sha-256");

    private final String word;

    AuthenticationMethod(String word) {
        this.word = word;
    }

    /** Returns the method's name in {@code pg_hba.conf}. */
    public String word() {
        return word;
    }
}
