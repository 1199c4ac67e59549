package org.pgreel.client;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How much the client asks of TLS, with libpq's names.
 *
 * <p>{@code allow} does not exist: it offers plaintext first and TLS on a second connection, which protects nothing.
 */
public enum SslMode {
    /** Never TLS. */
    DISABLE("disable"),
    /** TLS if the server has it; a plain {@code N} leads to plaintext on the same socket, nothing else does. */
    PREFER("prefer"),
    /** TLS or no session; the certificate is not verified unless a root certificate is given. */
    REQUIRE("require"),
    /** TLS with a certificate that a trusted authority signed. */
    VERIFY_CA("verify-ca"),
    /** As {@link #VERIFY_CA}, and the certificate is the named host's. */
    VERIFY_FULL("verify-full");

    private final String word;

    SslMode(String word) {
        this.word = word;
    }

    /** Returns libpq's word for it. */
    public String word() {
        return word;
    }

    /** Tells whether a session without TLS is refused. */
    public boolean demandsTls() {
        return compareTo(REQUIRE) >= 0;
    }

    /**
     * Reads libpq's word.
     *
     * @param word one of {@code disable}, {@code prefer}, {@code require}, {@code verify-ca}, {@code verify-full}
     * @return the mode
     * @throws IllegalArgumentException if it is another word, {@code allow} among them; the message says what to use
     */
    public static SslMode of(String word) {
        if (word.equals("allow")) {
            throw new IllegalArgumentException("sslmode allow is not offered: only the answer N leads to plaintext, on"
                    + " the same socket, an ErrorResponse is a protocol violation and a TLS failure is final;"
                    + " use prefer or require");
        }
        for (SslMode mode : values()) {
            if (mode.word.equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("sslmode " + word + " is unknown; use one of "
                + Arrays.stream(values()).map(SslMode::word).collect(Collectors.joining(", ")));
    }
}
