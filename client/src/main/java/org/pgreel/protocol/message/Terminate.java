package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** Terminate ({@code 'X'}): the frontend is about to close the connection. */
public record Terminate() implements FrontendMessage {
    static final byte TYPE = 'X';

    static Terminate decode(MessageReader body) {
        return new Terminate();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "Terminate";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onTerminate(this);
    }
}
