package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Parse ({@code 'P'}): makes a prepared statement of one SQL statement.
 *
 * @param statement its name; empty for the unnamed statement
 * @param parameterTypes type OIDs, in order; 0 leaves the type to the server, and so does a missing one
 */
public record Parse(String statement, String sql, List<Integer> parameterTypes) implements FrontendMessage {
    static final byte TYPE = 'P';

    /** Refuses NUL and more than 65535 types. */
    public Parse {
        WireText.requireNoNul(statement, "prepared statement's name");
        WireText.requireNoNul(sql, "statement");
        parameterTypes = Counts.copyOf(parameterTypes, "parameter types");
    }

    static Parse decode(MessageReader body) {
        return new Parse(body.readString(), body.readString(), Counts.readInt32s(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(statement).writeString(sql);
        Counts.writeInt32s(parameterTypes, out);
        out.end();
    }

    @Override
    public String name() {
        return "Parse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onParse(this);
    }
}
