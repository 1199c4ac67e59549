package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * DataRow ({@code 'D'}): one row of a result.
 *
 * @param values one a column, views of the buffer that the row was read from
 */
public record DataRow(Values values) implements BackendMessage {
    static final byte TYPE = 'D';

    static DataRow decode(MessageReader body) {
        return new DataRow(Values.decode(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE);
        values.encode(out);
        out.end();
    }

    @Override
    public String name() {
        return "DataRow";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onDataRow(this);
    }
}
