package org.pgreel.recorder.projection;

import org.pgreel.protocol.wire.Direction;

/**
 * How much was said, in whole messages.
 *
 * @param frontendMessages messages of the frontend
 * @param backendMessages messages of the backend
 * @param frontendBytes their bytes; of one that is oversized all, also those that come behind it in the journal
 * @param backendBytes the same of the backend
 */
public record Counts(long frontendMessages, long backendMessages, long frontendBytes, long backendBytes) {

    /** Nothing was said. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts and(Direction direction, long bytes) {
        return direction == Direction.FRONTEND
                ? new Counts(frontendMessages + 1, backendMessages, frontendBytes + bytes, backendBytes)
                : new Counts(frontendMessages, backendMessages + 1, frontendBytes, backendBytes + bytes);
    }

    /** Returns the messages of both sides. */
    public long messages() {
        return frontendMessages + backendMessages;
    }

    /** Returns the bytes of both sides. */
    public long bytes() {
        return frontendBytes + backendBytes;
    }
}
