package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * CopyBothResponse ({@code 'W'}): COPY streams in both directions follow; replication only.
 *
 * @param format of the whole: 0 text, 1 binary
 * @param columnFormats one a column
 */
public record CopyBothResponse(int format, List<Integer> columnFormats) implements BackendMessage {
    static final byte TYPE = 'W';

    /** Refuses formats that do not fit the wire. */
    public CopyBothResponse {
        Counts.requireByte(format, "format");
        columnFormats = Counts.copyOf(columnFormats, "column formats");
    }

    static CopyBothResponse decode(MessageReader body) {
        return new CopyBothResponse(body.readByte() & 0xFF, Counts.readInt16s(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeByte(format);
        Counts.writeInt16s(columnFormats, out);
        out.end();
    }

    @Override
    public String name() {
        return "CopyBothResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCopyBothResponse(this);
    }
}
