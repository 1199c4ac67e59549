package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** CloseComplete ({@code '3'}): a {@link Close} was carried out. */
public record CloseComplete() implements BackendMessage {
    static final byte TYPE = '3';

    static CloseComplete decode(MessageReader body) {
        return new CloseComplete();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "CloseComplete";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCloseComplete(this);
    }
}
