package org.pgreel.replay.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of recorded backend bytes, whole messages, that may leave together.
 *
 * @param after how many frontend messages must have come, those of the login not counted: the ones that it answers
 * @param gate what else must have happened; null if nothing
 * @param parts the bytes, in order; shared between connections, so they may not be changed
 * @param stored the bytes, if they are too many for that; there are no parts then
 * @param delayNanos how long they took when they were recorded, since what they answer and what was sent before them; 0
 *     where something else decides when they leave
 * @param endedAt when the last of them came, as {@link ExpectedMessage#recordedAt()} counts
 */
public record Release(
        int after,
        @Nullable Gate gate,
        List<byte[]> parts,
        @Nullable StoredBytes stored,
        long delayNanos,
        long endedAt) {

    /** Copies the list, not the bytes. */
    public Release {
        parts = List.copyOf(parts);
    }

    /** Bytes that lie in memory, and leave at once. */
    public Release(int after, @Nullable Gate gate, List<byte[]> parts) {
        this(after, gate, parts, null, 0, Long.MAX_VALUE);
    }
}
