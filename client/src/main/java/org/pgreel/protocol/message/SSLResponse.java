package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * SSLResponse: the single byte, without type or length, that answers {@link SSLRequest}.
 *
 * @param answer {@code S} willing, {@code N} unwilling; anything else comes from no PostgreSQL
 */
public record SSLResponse(byte answer) implements BackendMessage {
    static SSLResponse decode(MessageReader body) {
        return new SSLResponse(body.readByte());
    }

    @Override
    public void encode(MessageWriter out) {
        out.writeByte(answer);
    }

    @Override
    public String name() {
        return "SSLResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSSLResponse(this);
    }
}
