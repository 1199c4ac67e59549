package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** ParseComplete ({@code '1'}): a {@link Parse} succeeded. */
public record ParseComplete() implements BackendMessage {
    static final byte TYPE = '1';
    private static final ParseComplete ONLY = new ParseComplete();

    static ParseComplete decode(MessageReader body) {
        return ONLY;
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "ParseComplete";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onParseComplete(this);
    }
}
