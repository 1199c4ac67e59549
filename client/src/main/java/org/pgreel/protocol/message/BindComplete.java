package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** BindComplete ({@code '2'}): a {@link Bind} succeeded. */
public record BindComplete() implements BackendMessage {
    static final byte TYPE = '2';
    private static final BindComplete ONLY = new BindComplete();

    static BindComplete decode(MessageReader body) {
        return ONLY;
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "BindComplete";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onBindComplete(this);
    }
}
