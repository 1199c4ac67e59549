package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** NoData ({@code 'n'}): in answer to a {@link Describe}: the statement or portal gives no rows. */
public record NoData() implements BackendMessage {
    static final byte TYPE = 'n';

    static NoData decode(MessageReader body) {
        return new NoData();
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).end();
    }

    @Override
    public String name() {
        return "NoData";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onNoData(this);
    }
}
