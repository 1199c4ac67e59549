package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationCleartextPassword ({@code 'R'} 3): asks for the password in the clear. */
public record AuthenticationCleartextPassword() implements AuthenticationRequest {
    static final int CODE = 3;

    @Override
    public void encode(MessageWriter out) {
        begin(out).end();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public String name() {
        return "AuthenticationCleartextPassword";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationCleartextPassword(this);
    }
}
