package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * RowDescription ({@code 'T'}): the columns of the rows that follow, or of a portal or statement that was described.
 *
 * @param columns in order; there may be none
 */
public record RowDescription(List<FieldDescription> columns) implements BackendMessage {
    static final byte TYPE = 'T';

    /** Refuses more than 65535 columns. */
    public RowDescription {
        columns = List.copyOf(columns);
        Counts.requireInt16(columns.size(), "number of columns");
    }

    static RowDescription decode(MessageReader body) {
        int count = body.readCount(FieldDescription.LEAST_BYTES);
        FieldDescription[] columns = new FieldDescription[count];
        for (int i = 0; i < count; i++) {
            columns[i] = FieldDescription.decode(body);
        }
        return new RowDescription(List.of(columns));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeInt16(columns.size());
        columns.forEach(column -> column.encode(out));
        out.end();
    }

    @Override
    public String name() {
        return "RowDescription";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onRowDescription(this);
    }
}
