package org.pgreel.replay.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.wire.Bytes;

/** The connections that have a process id, by which cancel requests find them. */
final class LiveConnections {
    /** A connection and the key that was given to it. */
    private record Registered(ReplayConnection connection, Bytes key) {}

    private final Entropy entropy;
    private final Map<Integer, Registered> byProcess = new HashMap<>();

    LiveConnections(Entropy entropy) {
        this.entropy = entropy;
    }

    /**
     * Gives a connection its process id and a fresh key.
     *
     * @param recorded the process id to give, unless another live connection has it
     */
    BackendKeyData register(ReplayConnection connection, int recorded, int keyBytes) {
        int processId = recorded;
        while (byProcess.containsKey(processId)) {
            processId = ByteBuffer.wrap(entropy.bytes(Integer.BYTES)).getInt() >>> 8 | 1;
        }
        Bytes key = Bytes.wrap(entropy.bytes(keyBytes));
        byProcess.put(processId, new Registered(connection, key));
        return new BackendKeyData(processId, key);
    }

    /** Returns the connection whose process id and key the request carries; null if there is none. */
    @Nullable
    ReplayConnection find(CancelRequest request) {
        Registered found = byProcess.get(request.processId());
        return found != null
                        && MessageDigest.isEqual(
                                found.key().toArray(), request.secretKey().toArray())
                ? found.connection()
                : null;
    }

    void forget(ReplayConnection connection) {
        byProcess.values().removeIf(registered -> registered.connection() == connection);
    }
}
