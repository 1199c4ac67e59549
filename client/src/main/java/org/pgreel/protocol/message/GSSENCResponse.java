package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * GSSENCResponse: the single byte, without type or length, that answers {@link GSSENCRequest}.
 *
 * @param answer {@code G} willing, {@code N} unwilling; anything else comes from no PostgreSQL
 */
public record GSSENCResponse(byte answer) implements BackendMessage {
    static GSSENCResponse decode(MessageReader body) {
        return new GSSENCResponse(body.readByte());
    }

    @Override
    public void encode(MessageWriter out) {
        out.writeByte(answer);
    }

    @Override
    public String name() {
        return "GSSENCResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onGSSENCResponse(this);
    }
}
