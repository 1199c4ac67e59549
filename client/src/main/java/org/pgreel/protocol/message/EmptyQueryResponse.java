package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** EmptyQueryResponse ({@code 'I'}): stands for {@link CommandComplete} when the query string was empty. */
public record EmptyQueryResponse() implements BackendMessage {
    static final byte TYPE = 'I';

    static EmptyQueryResponse decode(MessageReader body) {
        return new EmptyQueryResponse();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "EmptyQueryResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onEmptyQueryResponse(this);
    }
}
