package org.pgreel.protocol.message;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * AuthenticationSASL ({@code 'R'} 10): asks for SASL authentication.
 *
 * @param mechanisms the server's mechanisms, the one it prefers first
 */
public record AuthenticationSASL(List<String> mechanisms) implements AuthenticationRequest {
    static final int CODE = 10;

    /** Refuses NUL and empty names: an empty one ends the list on the wire. */
    public AuthenticationSASL {
        mechanisms = List.copyOf(mechanisms);
        for (String mechanism : mechanisms) {
            if (mechanism.isEmpty()) {
                throw new IllegalArgumentException("A SASL mechanism has no name");
            }
            WireText.requireNoNul(mechanism, "SASL mechanism");
        }
    }

    static AuthenticationSASL decode(MessageReader body) {
        List<String> mechanisms = new ArrayList<>();
        for (String mechanism = body.readString(); !mechanism.isEmpty(); mechanism = body.readString()) {
            mechanisms.add(mechanism);
        }
        return new AuthenticationSASL(mechanisms);
    }

    @Override
    public void encode(MessageWriter out) {
        begin(out);
        mechanisms.forEach(out::writeString);
        out.writeByte(0).end();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public String name() {
        return "AuthenticationSASL";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationSASL(this);
    }
}
