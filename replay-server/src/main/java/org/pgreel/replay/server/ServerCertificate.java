package org.pgreel.replay.server;

/** What certificate a scripted server makes for itself when it is given none. */
public enum ServerCertificate {
    /** Signed by itself, for {@code localhost} and the loopback addresses. */
    VALID,
    /** As a trusted authority's, but its time is over. */
    EXPIRED,
    /** As a trusted authority's, for another host than this one. */
    OTHER_HOST,
    /** As {@link #VALID}, on a server that speaks no newer protocol than TLS 1.2. */
    TLS_1_2,
    /** As {@link #VALID}, on a server that chooses no protocol (ALPN), as those before PostgreSQL 17. */
    NO_ALPN
}
