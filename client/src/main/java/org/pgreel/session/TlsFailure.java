package org.pgreel.session;

/** What failed in a TLS handshake. */
public enum TlsFailure {
    /** The server's certificate: its chain, its validity or its host name. */
    CERTIFICATE,
    /** Anything else: no common version, a broken record, an alert, an end of stream. */
    HANDSHAKE
}
