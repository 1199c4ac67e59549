package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationGSSContinue ({@code 'R'} 8): a later token of GSSAPI or SSPI authentication. */
public record AuthenticationGSSContinue(Bytes data) implements AuthenticationRequest {
    static final int CODE = 8;

    static AuthenticationGSSContinue decode(MessageReader body) {
        return new AuthenticationGSSContinue(body.readRest());
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
        return "AuthenticationGSSContinue";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationGSSContinue(this);
    }
}
