package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/** NoticeResponse ({@code 'N'}): a warning or other news, at any time; nothing failed. */
public record NoticeResponse(ErrorFields fields) implements Diagnostic {
    static final byte TYPE = 'N';

    /** A notice with severity (both kinds), SQLSTATE and message, as servers write it. */
    public static NoticeResponse of(String severity, String sqlState, String message) {
        return new NoticeResponse(ErrorFields.of(severity, sqlState, message));
    }

    static NoticeResponse decode(MessageReader body) {
        return new NoticeResponse(ErrorFields.decode(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE);
        fields.encode(out);
        out.end();
    }

    @Override
    public String name() {
        return "NoticeResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onNoticeResponse(this);
    }
}
