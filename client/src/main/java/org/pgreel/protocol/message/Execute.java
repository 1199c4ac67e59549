package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Execute ({@code 'E'}): runs a portal.
 *
 * @param portal its name; empty for the unnamed portal
 * @param maxRows how many rows may come before {@link PortalSuspended}; 0 for all
 */
public record Execute(String portal, int maxRows) implements FrontendMessage {
    static final byte TYPE = 'E';

    /** Refuses NUL. */
    public Execute {
        WireText.requireNoNul(portal, "portal's name");
    }

    static Execute decode(MessageReader body) {
        return new Execute(body.readString(), body.readInt32());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(portal).writeInt32(maxRows).end();
    }

    @Override
    public String name() {
        return "Execute";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onExecute(this);
    }
}
