package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;

/** What both halves of a connection must know of the login to tell secrets from the rest. */
final class Login {

    /** No authentication request is open: a {@code p} message that comes now is masked whole. */
    static final int NO_REQUEST = -1;

    static final int OK = 0;
    static final int KERBEROS_V5 = 2;
    static final int CLEARTEXT_PASSWORD = 3;
    static final int MD5_PASSWORD = 5;
    static final int GSS = 7;
    static final int SSPI = 9;
    static final int SASL = 10;
    static final int SASL_CONTINUE = 11;
    static final int SASL_FINAL = 12;

    /** How many single-byte answers to SSLRequest or GSSENCRequest the backend owes. */
    int negotiationBytesOwed;

    /** The code of the last authentication request, or {@link #NO_REQUEST}. */
    int request = NO_REQUEST;

    /** Whether the frontend chose a mechanism of the SCRAM family. */
    boolean scram;

    /** Whether AuthenticationOk came. */
    boolean authenticated;

    /** Whether the first ReadyForQuery came, behind which the backend says no secret any more. */
    boolean ready;

    /** The user that the StartupMessage names; empty before. */
    String user = "";

    /** The database that it names; empty if it names none. */
    String database = "";

    @Nullable
    CancelKey backendKey;

    @Nullable
    CancelKey cancelRequestKey;
}
