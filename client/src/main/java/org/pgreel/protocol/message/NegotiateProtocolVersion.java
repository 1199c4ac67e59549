package org.pgreel.protocol.message;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * NegotiateProtocolVersion ({@code 'v'}): the server knows neither the minor version nor all the protocol options that
 * the frontend asked for.
 *
 * @param newestVersion the newest that the server speaks. The manual says "minor version"; servers send the whole
 *     number, 0x00030000 (PostgreSQL 15). It is kept as it came; see {@link #minor()}.
 * @param unrecognizedOptions names that begin with {@code _pq_.}
 */
public record NegotiateProtocolVersion(int newestVersion, List<String> unrecognizedOptions) implements BackendMessage {
    static final byte TYPE = 'v';

    /** Refuses NUL. */
    public NegotiateProtocolVersion {
        unrecognizedOptions = List.copyOf(unrecognizedOptions);
        unrecognizedOptions.forEach(option -> WireText.requireNoNul(option, "option"));
    }

    /** Returns the minor version, whichever way the server wrote it. */
    public int minor() {
        return newestVersion & 0xFFFF;
    }

    static NegotiateProtocolVersion decode(MessageReader body) {
        int newest = body.readInt32();
        int count = body.readInt32();
        body.requireRoomFor(count, 1);
        List<String> options = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            options.add(body.readString());
        }
        return new NegotiateProtocolVersion(newest, options);
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeInt32(newestVersion).writeInt32(unrecognizedOptions.size());
        unrecognizedOptions.forEach(out::writeString);
        out.end();
    }

    @Override
    public String name() {
        return "NegotiateProtocolVersion";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onNegotiateProtocolVersion(this);
    }
}
