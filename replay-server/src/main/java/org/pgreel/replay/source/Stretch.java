package org.pgreel.replay.source;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;

/**
 * Neighbouring backend messages of a recording that answer the same frontend messages.
 *
 * @param start the offset of its first byte in the backend's stream
 * @param end the offset behind its last byte
 * @param after how many kept frontend messages must have come before it
 * @param nanos when its first message was recorded
 * @param lastNanos when its last message was recorded
 * @param gated the message, if it is one that something else may have caused: an ErrorResponse 57014 or a
 *     NotificationResponse, which stands alone; null otherwise
 */
record Stretch(
        long start,
        long end,
        int after,
        long nanos,
        long lastNanos,
        @Nullable BackendMessage gated) {

    boolean joins(int nextAfter, @Nullable BackendMessage nextGated) {
        return gated == null && nextGated == null && after == nextAfter;
    }

    Stretch until(long newEnd, long at) {
        return new Stretch(start, newEnd, after, nanos, Math.max(lastNanos, at), gated);
    }
}
