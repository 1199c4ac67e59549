package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * CopyOutResponse ({@code 'H'}): a COPY stream from the backend follows.
 *
 * @param format of the whole: 0 text, 1 binary
 * @param columnFormats one a column
 */
public record CopyOutResponse(int format, List<Integer> columnFormats) implements BackendMessage {
    static final byte TYPE = 'H';

    /** Refuses formats that do not fit the wire. */
    public CopyOutResponse {
        Counts.requireByte(format, "format");
        columnFormats = Counts.copyOf(columnFormats, "column formats");
    }

    static CopyOutResponse decode(MessageReader body) {
        return new CopyOutResponse(body.readByte() & 0xFF, Counts.readInt16s(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeByte(format);
        Counts.writeInt16s(columnFormats, out);
        out.end();
    }

    @Override
    public String name() {
        return "CopyOutResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCopyOutResponse(this);
    }
}
