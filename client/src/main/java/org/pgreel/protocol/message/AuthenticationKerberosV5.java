package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageWriter;

/** AuthenticationKerberosV5 ({@code 'R'} 2): asks for Kerberos V5, which servers no longer do. */
public record AuthenticationKerberosV5() implements AuthenticationRequest {
    static final int CODE = 2;

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
        return "AuthenticationKerberosV5";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationKerberosV5(this);
    }
}
