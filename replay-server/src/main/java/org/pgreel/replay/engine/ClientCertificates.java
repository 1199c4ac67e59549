package org.pgreel.replay.engine;

/** What a replay asks of the certificates of its clients, which the transport verifies. */
public enum ClientCertificates {
    /** Nothing. */
    NOT_ASKED,
    /** Each client shows one that an authority of the replay has signed, as with {@code clientcert=verify-ca} of PostgreSQL. */
    VERIFIED,
    /** Its common name is the user besides, as with the method {@code cert} of PostgreSQL. */
    NAMES_USER
}
