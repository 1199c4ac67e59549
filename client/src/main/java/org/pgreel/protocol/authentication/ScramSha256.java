package org.pgreel.protocol.authentication;

/** The names and defaults of SCRAM-SHA-256 (RFC 5802, RFC 7677) as PostgreSQL speaks it. */
public final class ScramSha256 {

    /** The mechanism without channel binding. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    /** The mechanism that binds the login to the TLS channel. */
    public static final String MECHANISM_PLUS = "SCRAM-SHA-256-PLUS";

    /** PostgreSQL's own default of {@code scram_iterations}. */
    public static final int ITERATIONS = 4096;

    /** The most iterations a client does unless told otherwise; pgjdbc and node-postgres draw the same line. */
    public static final int ITERATIONS_MAX = 100_000;

    private ScramSha256() {}

    static void requireNonce(String nonce) {
        if (nonce.indexOf(',') >= 0 || !isPrintable(nonce)) {
            throw new IllegalArgumentException("a nonce is printable ASCII without a comma, and not empty");
        }
    }

    /** Tells whether a text is not empty and all of it ASCII that can be seen. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= 0x20 || text.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
