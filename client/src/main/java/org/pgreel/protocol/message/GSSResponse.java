package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * GSSResponse ({@code 'p'}): a message of GSSAPI or SSPI authentication.
 *
 * @param data the token, a secret
 */
public record GSSResponse(Bytes data) implements FrontendMessage {
    static final byte TYPE = 'p';

    static GSSResponse decode(MessageReader body) {
        return new GSSResponse(body.readRest());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeBytes(data).end();
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "GSSResponse[" + data.length() + " bytes]";
    }

    @Override
    public String name() {
        return "GSSResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onGSSResponse(this);
    }
}
