package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * NotificationResponse ({@code 'A'}): a NOTIFY on a channel that the session listens to; comes at any time.
 *
 * @param processId the server process of the session that notified
 */
public record NotificationResponse(int processId, String channel, String payload) implements BackendMessage {
    static final byte TYPE = 'A';

    /** Refuses NUL. */
    public NotificationResponse {
        WireText.requireNoNul(channel, "channel");
        WireText.requireNoNul(payload, "payload");
    }

    static NotificationResponse decode(MessageReader body) {
        return new NotificationResponse(body.readInt32(), body.readString(), body.readString());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE)
                .writeInt32(processId)
                .writeString(channel)
                .writeString(payload)
                .end();
    }

    @Override
    public String name() {
        return "NotificationResponse";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onNotificationResponse(this);
    }
}
