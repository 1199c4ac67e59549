package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * ParameterDescription ({@code 't'}): the parameters of a prepared statement.
 *
 * @param types their type OIDs, in order
 */
public record ParameterDescription(List<Integer> types) implements BackendMessage {
    static final byte TYPE = 't';

    /** Refuses more than 65535. */
    public ParameterDescription {
        types = Counts.copyOf(types, "parameter types");
    }

    static ParameterDescription decode(MessageReader body) {
        return new ParameterDescription(Counts.readInt32s(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE);
        Counts.writeInt32s(types, out);
        out.end();
    }

    @Override
    public String name() {
        return "ParameterDescription";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onParameterDescription(this);
    }
}
