package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** PortalSuspended ({@code 's'}): an {@link Execute} sent as many rows as it may, and there may be more. */
public record PortalSuspended() implements BackendMessage {
    static final byte TYPE = 's';

    static PortalSuspended decode(MessageReader body) {
        return new PortalSuspended();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "PortalSuspended";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onPortalSuspended(this);
    }
}
