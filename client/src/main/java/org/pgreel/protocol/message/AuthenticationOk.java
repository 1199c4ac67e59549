package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationOk ({@code 'R'} 0): the frontend is let in; the server itself may have proved nothing. */
public record AuthenticationOk() implements AuthenticationRequest {
    static final int CODE = 0;

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
        return "AuthenticationOk";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationOk(this);
    }
}
