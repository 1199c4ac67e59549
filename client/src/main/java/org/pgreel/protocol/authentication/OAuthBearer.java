package org.pgreel.protocol.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** SASL's mechanism OAUTHBEARER (RFC 7628), the client's side; PostgreSQL knows it since 18. Pure functions. */
public final class OAuthBearer {

    /** The mechanism's name. */
    public static final String MECHANISM = "OAUTHBEARER";

    private static final byte SEPARATOR = 1;
    private static final String PREFIX = "n,,\u0001auth=Bearer ";

    private OAuthBearer() {}

    /**
     * Returns the first message of the client, which holds the token.
     *
     * @param token the token: letters, digits and {@code -._~+/}, with {@code =} at its end (RFC 6750)
     * @return the message, which the caller may overwrite
     * @throws IllegalArgumentException if it is empty or holds another character; the message does not repeat it
     */
    public static byte[] initialResponse(char[] token) {
        int end = token.length;
        while (end > 0 && token[end - 1] == '=') {
            end--;
        }
        for (int at = 0; at < end; at++) {
            if (!isTokenCharacter(token[at])) {
                throw new IllegalArgumentException("the token holds a character that no bearer token has (RFC 6750)");
            }
        }
        if (end == 0) {
            throw new IllegalArgumentException("the token is empty");
        }
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(prefix, prefix.length + token.length + 2);
        for (int at = 0; at < token.length; at++) {
            message[prefix.length + at] = (byte) token[at];
        }
        message[message.length - 2] = SEPARATOR;
        message[message.length - 1] = SEPARATOR;
        return message;
    }

    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~+/".indexOf(c) >= 0;
    }

    /** Returns what answers the server's refusal, so that it may end the exchange with its ErrorResponse. */
    public static byte[] answerToRefusal() {
        return new byte[] {SEPARATOR};
    }
}
