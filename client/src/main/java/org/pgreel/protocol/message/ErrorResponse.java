package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** ErrorResponse ({@code 'E'}): something failed; {@link ErrorFields} tells what. */
public record ErrorResponse(ErrorFields fields) implements Diagnostic {
    static final byte TYPE = 'E';

    /** An error with severity (both kinds), SQLSTATE and message, as servers write it. */
    public static ErrorResponse of(String severity, String sqlState, String message) {
        return new ErrorResponse(ErrorFields.of(severity, sqlState, message));
    }

    static ErrorResponse decode(MessageReader body) {
        return new ErrorResponse(ErrorFields.decode(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE);
        fields.encode(out);
        out.end();
    }

    @Override
    public String name() {
        return "ErrorResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onErrorResponse(this);
    }
}
