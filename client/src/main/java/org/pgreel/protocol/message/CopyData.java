package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** CopyData ({@code 'd'}): a part of a COPY stream; from the frontend its boundaries mean nothing. */
@SuppressWarnings(
        "overloads") // A message of both directions is dispatched to the handlers of both; nobody passes a lambda.
public record CopyData(Bytes data) implements FrontendMessage, BackendMessage {
    static final byte TYPE = 'd';

    static CopyData decode(MessageReader body) {
        return new CopyData(body.readRest());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeBytes(data).end();
    }

    @Override
    public String name() {
        return "CopyData";
    }

    @Override
    public <R> R dispatch(FrontendMessage.Handler<R> handler) {
        return handler.onCopyData(this);
    }

    @Override
    public <R> R dispatch(BackendMessage.Handler<R> handler) {
        return handler.onCopyData(this);
    }
}
