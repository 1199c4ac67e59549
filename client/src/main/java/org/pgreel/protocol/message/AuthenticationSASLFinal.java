package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * AuthenticationSASLFinal ({@code 'R'} 12): the SASL mechanism's last word, by which the server proves itself.
 *
 * @param data holds the server's signature, which allows a dictionary attack on the password: a secret
 */
public record AuthenticationSASLFinal(Bytes data) implements AuthenticationRequest {
    static final int CODE = 12;

    static AuthenticationSASLFinal decode(MessageReader body) {
        return new AuthenticationSASLFinal(body.readRest());
    }

    @Override
    public void encode(MessageWriter out) {
        begin(out).writeBytes(data).end();
    }

    @Override
    public int code() {
        return CODE;
    }

    /** Leaves the data out. */
    @Override
    public String toString() {
        return "AuthenticationSASLFinal[" + data.length() + " bytes]";
    }

    @Override
    public String name() {
        return "AuthenticationSASLFinal";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationSASLFinal(this);
    }
}
