package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationSASLContinue ({@code 'R'} 11): the SASL mechanism's challenge. */
public record AuthenticationSASLContinue(Bytes data) implements AuthenticationRequest {
    static final int CODE = 11;

    static AuthenticationSASLContinue decode(MessageReader body) {
        return new AuthenticationSASLContinue(body.readRest());
    }

    @Override
    public void encode(MessageWriter out) {
        begin(out).writeBytes(data).end();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public String name() {
        return "AuthenticationSASLContinue";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationSASLContinue(this);
    }
}
