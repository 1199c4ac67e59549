package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** CopyDone ({@code 'c'}): the sender has sent its whole COPY stream. */
@SuppressWarnings(
        "overloads") // A message of both directions is dispatched to the handlers of both; nobody passes a lambda.
public record CopyDone() implements FrontendMessage, BackendMessage {
    static final byte TYPE = 'c';

    static CopyDone decode(MessageReader body) {
        return new CopyDone();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "CopyDone";
    }

    @Override
    public <R> R dispatch(FrontendMessage.Handler<R> handler) {
        return handler.onCopyDone(this);
    }

    @Override
    public <R> R dispatch(BackendMessage.Handler<R> handler) {
        return handler.onCopyDone(this);
    }
}
