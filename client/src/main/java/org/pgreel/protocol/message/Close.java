package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Close ({@code 'C'}): closes a prepared statement (and its portals) or a portal; a missing name is no error.
 *
 * @param targetName the name of the statement or portal; empty for the unnamed one
 */
public record Close(Target target, String targetName) implements FrontendMessage {
    static final byte TYPE = 'C';

    /** Refuses NUL. */
    public Close {
        WireText.requireNoNul(targetName, "name");
    }

    static Close decode(MessageReader body) {
        return new Close(Target.decode(body), body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeByte(target.letter()).writeString(targetName).end();
    }

    @Override
    public String name() {
        return "Close";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onClose(this);
    }
}
