package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * BackendKeyData ({@code 'K'}): what a {@link CancelRequest} for this session must carry.
 *
 * <p>It may be missing (poolers), and may come again.
 *
 * @param processId the server process; some poolers send negative ones
 * @param secretKey 4 bytes in protocol 3.0, 4 to 256 in 3.2; a secret
 */
public record BackendKeyData(int processId, Bytes secretKey) implements BackendMessage {
    static final byte TYPE = 'K';

    private static final int KEY_MIN = 4;
    private static final int KEY_MAX = 256;

    /** Refuses keys that no server gives. */
    public BackendKeyData {
        requireKeyLength(secretKey);
    }

    static void requireKeyLength(Bytes key) {
        if (!isKeyLength(key.length())) {
            throw new IllegalArgumentException("A cancel key has 4 to 256 bytes and not " + key.length());
        }
    }

    private static boolean isKeyLength(int length) {
        return length >= KEY_MIN && length <= KEY_MAX;
    }

    static Bytes readKey(MessageReader body) {
        body.require(isKeyLength(body.remaining()), "the cancel key has " + body.remaining() + " bytes, not 4 to 256");
        return body.readRest();
    }

    static BackendKeyData decode(MessageReader body) {
        return new BackendKeyData(body.readInt32(), readKey(body));
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeInt32(processId).writeBytes(secretKey).end();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "BackendKeyData[processId=" + processId + ", secretKey=" + secretKey.length() + " bytes]";
    }

    @Override
    public String name() {
        return "BackendKeyData";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onBackendKeyData(this);
    }
}
