package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * SASLResponse ({@code 'p'}): a later message of the SASL mechanism.
 *
 * @param data the mechanism's message; holds the proof of the password
 */
public record SASLResponse(Bytes data) implements FrontendMessage {
    static final byte TYPE = 'p';

    static SASLResponse decode(MessageReader body) {
        return new SASLResponse(body.readRest());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeBytes(data).end();
    }

    /** Leaves the data out. */
    @Override
    public String toString() {
        return "SASLResponse[" + data.length() + " bytes]";
    }

    @Override
    public String name() {
        return "SASLResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSASLResponse(this);
    }
}
