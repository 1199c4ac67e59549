package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * CancelRequest (no type byte): the only message of a connection of its own; asks to cancel what another session runs.
 *
 * @param processId the process id of that session's {@link BackendKeyData}
 * @param secretKey its key: 4 bytes in protocol 3.0, 4 to 256 in 3.2; a secret
 */
public record CancelRequest(int processId, Bytes secretKey) implements FrontendMessage {
    /** The code that stands where a StartupMessage has its version: 1234, 5678. */
    static final int CODE = 1234 << 16 | 5678;

    /** Refuses keys that no server gives. */
    public CancelRequest {
        BackendKeyData.requireKeyLength(secretKey);
    }

    static CancelRequest decode(MessageReader body) {
        return new CancelRequest(body.readInt32(), BackendKeyData.readKey(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.beginUntyped()
                .writeInt32(CODE)
                .writeInt32(processId)
                .writeBytes(secretKey)
                .end();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "CancelRequest[processId=" + processId + ", secretKey=" + secretKey.length() + " bytes]";
    }

    @Override
    public String name() {
        return "CancelRequest";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCancelRequest(this);
    }
}
