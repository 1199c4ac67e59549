package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * ParameterStatus ({@code 'S'}): the value of a setting that the server reports, at start-up and whenever it changes.
 *
 * @param parameter its name, such as {@code client_encoding}
 */
public record ParameterStatus(String parameter, String value) implements BackendMessage {
    static final byte TYPE = 'S';

    /** Refuses NUL. */
    public ParameterStatus {
        WireText.requireNoNul(parameter, "parameter's name");
        WireText.requireNoNul(value, "parameter's value");
    }

    static ParameterStatus decode(MessageReader body) {
        return new ParameterStatus(body.readString(), body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeString(parameter).writeString(value).end();
    }

    @Override
    public String name() {
        return "ParameterStatus";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onParameterStatus(this);
    }
}
