package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Describe ({@code 'D'}): asks for the parameters and columns of a prepared statement, or the columns of a portal.
 *
 * @param targetName the name of the statement or portal; empty for the unnamed one
 */
public record Describe(Target target, String targetName) implements FrontendMessage {
    static final byte TYPE = 'D';

    /** Refuses NUL. */
    public Describe {
        WireText.requireNoNul(targetName, "name");
    }

    static Describe decode(MessageReader body) {
        return new Describe(Target.decode(body), body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeByte(target.letter()).writeString(targetName).end();
    }

    @Override
    public String name() {
        return "Describe";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onDescribe(this);
    }
}
