package org.pgreel.client;

/** A way in which a server lets a client in, with the names of libpq's {@code require_auth}. */
public enum AuthenticationMethod {
    /** The server asks for nothing (trust, peer, or a client certificate). */
    NONE("none"),
    /** The password itself. */
    PASSWORD("password"),
    /** A salted MD5 digest of the password; deprecated by PostgreSQL 18. */
    MD5("md5"),
    /** SCRAM-SHA-256, bound to the channel or not; the only one in which the server proves itself. */
    SCRAM_SHA_256("scram-sha-256"),
    /** A bearer token (OAUTHBEARER), which whoever gets it can use. */
    OAUTH("oauth");

    private final String word;

    AuthenticationMethod(String word) {
        this.word = word;
    }

    /** Returns libpq's word for it. */
    public String word() {
        return word;
    }
}
