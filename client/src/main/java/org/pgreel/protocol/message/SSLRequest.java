package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** SSLRequest (no type byte): asks for TLS; answered by one byte, {@link SSLResponse}. */
public record SSLRequest() implements FrontendMessage {
    /** The code that stands where a StartupMessage has its version: 1234, 5679. */
    static final int CODE = 1234 << 16 | 5679;

    static SSLRequest decode(MessageReader body) {
        return new SSLRequest();
    }

    @Override
    public void encode(MessageWriter out) {
        out.beginUntyped().writeInt32(CODE).end();
    }

    @Override
    public String name() {
        return "SSLRequest";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSSLRequest(this);
    }
}
