package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * PasswordMessage ({@code 'p'}): the password in the clear, or its MD5 digest, as the server asked.
 *
 * @param password a secret
 */
public record PasswordMessage(String password) implements FrontendMessage {
    static final byte TYPE = 'p';

    /** Refuses NUL. */
    public PasswordMessage {
        WireText.requireNoNul(password, "password");
    }

    static PasswordMessage decode(MessageReader body) {
        return new PasswordMessage(body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(password).end();
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "PasswordMessage[]";
    }

    @Override
    public String name() {
        return "PasswordMessage";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onPasswordMessage(this);
    }
}
