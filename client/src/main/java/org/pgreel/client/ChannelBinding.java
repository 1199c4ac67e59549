package org.pgreel.client;

/**
 * Whether the login must be bound to the TLS channel (SCRAM-SHA-256-PLUS, RFC 5929 {@code tls-server-end-point}).
 *
 * <p>A bound login cannot be relayed by someone in the middle who holds another certificate.
 */
public enum ChannelBinding {
    /** Never bound. */
    DISABLE,
    /** Bound if there is TLS and the server offers it. */
    PREFER,
    /** Bound or no session, whatever authentication the server asks for. */
    REQUIRE;

    /**
     * Reads libpq's word.
     *
     * @param word {@code disable}, {@code prefer} or {@code require}
     * @throws IllegalArgumentException if it is another word
     */
    public static ChannelBinding of(String word) {
        return switch (word) {
            case "disable" -> DISABLE;
            case "prefer" -> PREFER;
            case "require" -> REQUIRE;
            default ->
                throw new IllegalArgumentException(
                        "channel_binding " + word + " is unknown; use disable, prefer or require");
        };
    }
}
