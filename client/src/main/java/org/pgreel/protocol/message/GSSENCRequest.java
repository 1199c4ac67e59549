package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** GSSENCRequest (no type byte): asks for GSSAPI encryption; answered by one byte, {@link GSSENCResponse}. */
public record GSSENCRequest() implements FrontendMessage {
    /** The code that stands where a StartupMessage has its version: 1234, 5680. */
    static final int CODE = 1234 << 16 | 5680;

    static GSSENCRequest decode(MessageReader body) {
        return new GSSENCRequest();
    }

    @Override
    public void encode(MessageWriter out) {
        out.beginUntyped().writeInt32(CODE).end();
    }

    @Override
    public String name() {
        return "GSSENCRequest";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onGSSENCRequest(this);
    }
}
