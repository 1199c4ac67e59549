package org.pgreel.protocol.message;

import java.util.List;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Bind ({@code 'B'}): makes a portal of a prepared statement and the values of its parameters.
 *
 * @param portal its name; empty for the unnamed portal
 * @param statement the prepared statement's name
 * @param parameterFormats none (all text), one (for all) or one a parameter; see {@link FormatCode}
 * @param parameters the values, in order
 * @param resultFormats the same for the columns of the result
 */
public record Bind(
        String portal, String statement, List<Integer> parameterFormats, Values parameters, List<Integer> resultFormats)
        implements FrontendMessage {
    static final byte TYPE = 'B';

    /** Refuses NUL and more than 65535 formats. */
    public Bind {
        WireText.requireNoNul(portal, "portal's name");
        WireText.requireNoNul(statement, "prepared statement's name");
        parameterFormats = Counts.copyOf(parameterFormats, "parameter formats");
        resultFormats = Counts.copyOf(resultFormats, "result formats");
    }

    static Bind decode(MessageReader body) {
        return new Bind(
                body.readString(),
                body.readString(),
                Counts.readInt16s(body),
                Values.decode(body),
                Counts.readInt16s(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(portal).writeString(statement);
        Counts.writeInt16s(parameterFormats, out);
        parameters.encode(out);
        Counts.writeInt16s(resultFormats, out);
        out.end();
    }

    @Override
    public String name() {
        return "Bind";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onBind(this);
    }
}
