package org.pgreel.protocol.message;

/** How a message of type {@code 'p'} is to be read: the wire does not tell, the last authentication request does. */
public enum PasswordKind {
    /** {@link PasswordMessage}, after {@link AuthenticationCleartextPassword} or {@link AuthenticationMD5Password}. */
    PASSWORD,
    /** {@link SASLInitialResponse}, after {@link AuthenticationSASL}. */
    SASL_INITIAL,
    /** {@link SASLResponse}, after {@link AuthenticationSASLContinue}. */
    SASL,
    /** {@link GSSResponse}, after a request for GSSAPI or SSPI. */
    GSS;

    /** Returns how to read the answer to the request, or the present kind when it asks for none. */
    public PasswordKind after(AuthenticationRequest request) {
        if (request instanceof AuthenticationCleartextPassword || request instanceof AuthenticationMD5Password) {
            return PASSWORD;
        }
        if (request instanceof AuthenticationSASL) {
            return SASL_INITIAL;
        }
        if (request instanceof AuthenticationSASLContinue) {
            return SASL;
        }
        if (request instanceof AuthenticationGSS
                || request instanceof AuthenticationGSSContinue
                || request instanceof AuthenticationSSPI) {
            return GSS;
        }
        return this;
    }
}
