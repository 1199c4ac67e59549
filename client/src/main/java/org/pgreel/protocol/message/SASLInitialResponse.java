package org.pgreel.protocol.message;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * SASLInitialResponse ({@code 'p'}): picks a mechanism of {@link AuthenticationSASL}.
 *
 * @param data the mechanism's first message (may hold a token), or null when there is none
 */
public record SASLInitialResponse(
        String mechanism, @Nullable Bytes data) implements FrontendMessage {
    static final byte TYPE = 'p';

    /** Refuses NUL in the mechanism. */
    public SASLInitialResponse {
        WireText.requireNoNul(mechanism, "SASL mechanism");
    }

    static SASLInitialResponse decode(MessageReader body) {
        return new SASLInitialResponse(body.readString(), Values.readOne(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(mechanism);
        Values.writeOne(data, out);
        out.end();
    }

    /** Leaves the data out. */
    @Override
    public String toString() {
        return "SASLInitialResponse[mechanism=" + mechanism + "]";
    }

    @Override
    public String name() {
        return "SASLInitialResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSASLInitialResponse(this);
    }
}
