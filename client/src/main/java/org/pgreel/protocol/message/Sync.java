package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** Sync ({@code 'S'}): ends an extended query; the point up to which a backend discards messages after an error. */
public record Sync() implements FrontendMessage {
    static final byte TYPE = 'S';

    static Sync decode(MessageReader body) {
        return new Sync();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "Sync";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSync(this);
    }
}
