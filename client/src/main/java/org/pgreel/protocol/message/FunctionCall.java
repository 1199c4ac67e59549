package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * FunctionCall ({@code 'F'}): calls a function by its OID, without SQL; a relic that drivers use for large objects.
 *
 * @param function its OID
 * @param argumentFormats none (all text), one (for all) or one an argument
 * @param resultFormat the format of the result
 */
public record FunctionCall(int function, List<Integer> argumentFormats, Values arguments, int resultFormat)
        implements FrontendMessage {
    static final byte TYPE = 'F';

    /** Refuses more than 65535 formats and what is not an unsigned Int16. */
    public FunctionCall {
        argumentFormats = Counts.copyOf(argumentFormats, "argument formats");
        Counts.requireInt16(resultFormat, "result format");
    }

    static FunctionCall decode(MessageReader body) {
        return new FunctionCall(body.readInt32(), Counts.readInt16s(body), Values.decode(body), body.readInt16());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeInt32(function);
        Counts.writeInt16s(argumentFormats, out);
        arguments.encode(out);
        out.writeInt16(resultFormat).end();
    }

    @Override
    public String name() {
        return "FunctionCall";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onFunctionCall(this);
    }
}
