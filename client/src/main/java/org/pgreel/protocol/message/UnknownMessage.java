package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * A well-framed message of a type that the manual does not list for its direction.
 *
 * @param type its type byte
 * @param body all that follows its length
 */
@SuppressWarnings(
        "overloads") // A message of both directions is dispatched to the handlers of both; nobody passes a lambda.
public record UnknownMessage(byte type, Bytes body) implements FrontendMessage, BackendMessage {
    @Override
    public String name() {
        return "Unknown";
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(type).writeBytes(body).end();
    }

    @Override
    public <R> R dispatch(FrontendMessage.Handler<R> handler) {
        return handler.onUnknownMessage(this);
    }

    @Override
    public <R> R dispatch(BackendMessage.Handler<R> handler) {
        return handler.onUnknownMessage(this);
    }
}
