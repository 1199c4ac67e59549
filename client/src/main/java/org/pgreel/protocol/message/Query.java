package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/** Query ({@code 'Q'}): a simple query cycle; the string may hold several statements. */
public record Query(String sql) implements FrontendMessage {
    static final byte TYPE = 'Q';

    /** Refuses NUL. */
    public Query {
        WireText.requireNoNul(sql, "query");
    }

    static Query decode(MessageReader body) {
        return new Query(body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(sql).end();
    }

    @Override
    public String name() {
        return "Query";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onQuery(this);
    }
}
