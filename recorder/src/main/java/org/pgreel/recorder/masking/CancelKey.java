package org.pgreel.recorder.masking;

import org.pgreel.protocol.wire.Bytes;

/**
 * The process id and secret key with which a session can be cancelled; equal if both are.
 *
 * @param processId the backend's process id
 * @param secret the key, 4 bytes in protocol 3.0 and up to 256 in 3.2
 */
public record CancelKey(int processId, Bytes secret) {

    @Override
    public String toString() {
        return "key of process " + Integer.toUnsignedString(processId);
    }
}
