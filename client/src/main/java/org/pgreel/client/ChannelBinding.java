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
    REQUIRE
}
