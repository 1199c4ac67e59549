package org.pgreel.protocol.conversation;

/** The authentication requests, put together as far as the same answer is due to them. */
enum Request {
    /** AuthenticationOk. */
    OK,
    /** AuthenticationCleartextPassword, AuthenticationMD5Password. */
    PASSWORD,
    /** AuthenticationSASL. */
    SASL,
    /** AuthenticationSASLContinue. */
    SASL_CONTINUE,
    /** AuthenticationSASLFinal. */
    SASL_FINAL,
    /** AuthenticationGSS, AuthenticationSSPI. */
    GSS,
    /** AuthenticationGSSContinue. */
    GSS_CONTINUE,
    /** AuthenticationKerberosV5 and whatever the manual no longer describes. */
    UNFAMILIAR;

    /** Returns the request of that code ("Message Formats" in the manual). */
    static Request of(int code) {
        return switch (code) {
            case 0 -> OK;
            case 3, 5 -> PASSWORD;
            case 7, 9 -> GSS;
            case 8 -> GSS_CONTINUE;
            case 10 -> SASL;
            case 11 -> SASL_CONTINUE;
            case 12 -> SASL_FINAL;
            default -> UNFAMILIAR;
        };
    }
}
