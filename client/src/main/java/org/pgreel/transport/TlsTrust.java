package org.pgreel.transport;

/** How far the certificate of a server is believed: the three upper rungs of PostgreSQL's {@code sslmode} ladder. */
enum TlsTrust {
    /** Any certificate will do: {@code require} (and {@code prefer}, after an {@code S}) without a root certificate. */
    ANY_CERTIFICATE,

    /** The chain must lead to a trusted root: {@code verify-ca}. */
    CHAIN,

    /** The chain must lead to a trusted root and the certificate must name the host: {@code verify-full}. */
    CHAIN_AND_HOST
}
