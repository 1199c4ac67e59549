package org.pgreel.protocol.message;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * FunctionCallResponse ({@code 'V'}): the result of a {@link FunctionCall}.
 *
 * @param value in the format that the call asked for, or null
 */
public record FunctionCallResponse(@Nullable Bytes value) implements BackendMessage {
    static final byte TYPE = 'V';

    static FunctionCallResponse decode(MessageReader body) {
        return new FunctionCallResponse(Values.readOne(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE);
        Values.writeOne(value, out);
        out.end();
    }

    @Override
    public String name() {
        return "FunctionCallResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onFunctionCallResponse(this);
    }
}
