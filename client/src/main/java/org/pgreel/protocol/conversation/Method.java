package org.pgreel.protocol.conversation;

import java.util.EnumSet;
import java.util.Set;

/** How far authentication has come: what decides which requests may follow. */
enum Method {
    /** Nothing was asked for yet. */
    NONE(
            "an authentication request",
            EnumSet.of(Request.OK, Request.PASSWORD, Request.SASL, Request.GSS, Request.UNFAMILIAR)),
    /** A password was given, in clear or as MD5; the server may ask again (PAM does). */
    PASSWORD("AuthenticationOk, another request for a password", EnumSet.of(Request.OK, Request.PASSWORD)),
    /** A SASL exchange is under way. */
    SASL(
            "AuthenticationSASLContinue, AuthenticationSASLFinal, AuthenticationOk",
            EnumSet.of(Request.OK, Request.SASL_CONTINUE, Request.SASL_FINAL)),
    /** The SASL exchange is complete. */
    SASL_FINISHED("AuthenticationOk", EnumSet.of(Request.OK)),
    /** A GSSAPI or SSPI exchange is under way. */
    GSS("AuthenticationGSSContinue, AuthenticationOk", EnumSet.of(Request.OK, Request.GSS_CONTINUE)),
    /** The server asked for something that the manual no longer describes; what follows is not judged. */
    UNFAMILIAR("an authentication request", EnumSet.allOf(Request.class));

    private final String expected;

    /** Unmodifiable. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Request> next;

    Method(String expected, Set<Request> next) {
        this.expected = expected;
        this.next = Set.copyOf(next);
    }

    /** Returns what the backend may send next, ErrorResponse aside, for people. */
    String expected() {
        return expected;
    }

    boolean mayBeFollowedBy(Request request) {
        return next.contains(request);
    }
}
