package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** Flush ({@code 'H'}): asks the backend to send what it holds back, without ending the extended query. */
public record Flush() implements FrontendMessage {
    static final byte TYPE = 'H';

    static Flush decode(MessageReader body) {
        return new Flush();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "Flush";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onFlush(this);
    }
}
