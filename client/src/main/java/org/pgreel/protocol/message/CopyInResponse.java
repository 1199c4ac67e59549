package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * CopyInResponse ({@code 'G'}): the backend awaits a COPY stream.
 *
 * @param format of the whole: 0 text, 1 binary
 * @param columnFormats one a column
 */
public record CopyInResponse(int format, List<Integer> columnFormats) implements BackendMessage {
    static final byte TYPE = 'G';

    /** Refuses formats that do not fit the wire. */
    public CopyInResponse {
        Counts.requireByte(format, "format");
        columnFormats = Counts.copyOf(columnFormats, "column formats");
    }

    static CopyInResponse decode(MessageReader body) {
        return new CopyInResponse(body.readByte() & 0xFF, Counts.readInt16s(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeByte(format);
        Counts.writeInt16s(columnFormats, out);
        out.end();
    }

    @Override
    public String name() {
        return "CopyInResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCopyInResponse(this);
    }
}
