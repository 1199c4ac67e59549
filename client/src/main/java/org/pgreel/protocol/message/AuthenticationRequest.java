package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** The messages of type {@code 'R'}, told apart by an Int32: what the backend asks for before it lets anyone in. */
public sealed interface AuthenticationRequest extends BackendMessage
        permits AuthenticationOk,
                AuthenticationKerberosV5,
                AuthenticationCleartextPassword,
                AuthenticationMD5Password,
                AuthenticationGSS,
                AuthenticationGSSContinue,
                AuthenticationSSPI,
                AuthenticationSASL,
                AuthenticationSASLContinue,
                AuthenticationSASLFinal,
                AuthenticationUnknown {
    /** The type byte that all of them share. */
    byte TYPE = 'R';

    /** Returns the number that tells the request's kind, 0 for {@link AuthenticationOk}. */
    int code();

    /** Decodes the request, whichever it is. */
    static AuthenticationRequest decode(MessageReader body) {
        int code = body.readInt32();
        return switch (code) {
            case AuthenticationOk.CODE -> new AuthenticationOk();
            case AuthenticationKerberosV5.CODE -> new AuthenticationKerberosV5();
            case AuthenticationCleartextPassword.CODE -> new AuthenticationCleartextPassword();
            case AuthenticationMD5Password.CODE -> AuthenticationMD5Password.decode(body);
            case AuthenticationGSS.CODE -> new AuthenticationGSS();
            case AuthenticationGSSContinue.CODE -> AuthenticationGSSContinue.decode(body);
            case AuthenticationSSPI.CODE -> new AuthenticationSSPI();
            case AuthenticationSASL.CODE -> AuthenticationSASL.decode(body);
            case AuthenticationSASLContinue.CODE -> AuthenticationSASLContinue.decode(body);
            case AuthenticationSASLFinal.CODE -> AuthenticationSASLFinal.decode(body);
            default -> new AuthenticationUnknown(code, body.readRest());
        };
    }

    /** Begins the message and writes its code. */
    default MessageWriter begin(MessageWriter out) {
        return out.begin(TYPE).writeInt32(code());
    }
}
