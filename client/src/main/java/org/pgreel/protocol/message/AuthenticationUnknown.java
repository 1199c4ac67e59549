package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * An authentication request ({@code 'R'}) of a kind that the manual does not list.
 *
 * @param code its number
 * @param data what follows the number
 */
public record AuthenticationUnknown(int code, Bytes data) implements AuthenticationRequest {
    @Override
    public void encode(MessageWriter out) {
        begin(out).writeBytes(data).end();
    }

    @Override
    public String name() {
        return "AuthenticationUnknown";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationUnknown(this);
    }
}
