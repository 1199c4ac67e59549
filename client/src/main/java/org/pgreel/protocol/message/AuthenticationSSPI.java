package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationSSPI ({@code 'R'} 9): asks for SSPI authentication, from servers on Windows. */
public record AuthenticationSSPI() implements AuthenticationRequest {
    static final int CODE = 9;

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
        return "AuthenticationSSPI";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationSSPI(this);
    }
}
