package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationGSS ({@code 'R'} 7): asks for GSSAPI authentication. */
public record AuthenticationGSS() implements AuthenticationRequest {
    static final int CODE = 7;

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
        return "AuthenticationGSS";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationGSS(this);
    }
}
