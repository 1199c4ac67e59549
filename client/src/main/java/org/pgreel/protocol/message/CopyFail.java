package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/** CopyFail ({@code 'f'}): the frontend gives up a COPY; the backend answers with an error that quotes the reason. */
public record CopyFail(String reason) implements FrontendMessage {
    static final byte TYPE = 'f';

    /** Refuses NUL. */
    public CopyFail {
        WireText.requireNoNul(reason, "reason");
    }

    static CopyFail decode(MessageReader body) {
        return new CopyFail(body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(reason).end();
    }

    @Override
    public String name() {
        return "CopyFail";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCopyFail(this);
    }
}
