package org.pgreel.replay.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.source.Release;
import org.pgreel.replay.source.StoredBytes;

/** Bytes on their way to the client, in order; they leave as fast as the connection takes them. */
final class Outbox {
    /** How much is handed over between two looks at whether the connection takes more. */
    private static final int PIECE_BYTES = 64 * 1024;

    private static final byte[] NONE = {};

    /** Bytes in memory or, if they are many, in a file. */
    private record Waiting(
            byte[] bytes,
            @Nullable StoredBytes stored,
            @Nullable Duration pause) {
        long length() {
            return stored == null ? bytes.length : stored.length();
        }
    }

    private final ReplayEffects effects;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long at;
    private boolean unflushed;
    private boolean pausing;

    Outbox(ReplayEffects effects) {
        this.effects = effects;
    }

    void add(byte[] bytes) {
        if (bytes.length > 0) {
            waiting.add(new Waiting(bytes, null, null));
        }
    }

    void add(StoredBytes stored) {
        if (stored.length() > 0) {
            waiting.add(new Waiting(NONE, stored, null));
        }
    }

    /** What is added from here on leaves so much later than what was added before. */
    void pause(Duration time) {
        if (!time.isZero()) {
            waiting.add(new Waiting(NONE, null, time));
        }
    }

    /** The pause is over. */
    void resumed() {
        Waiting next = waiting.peek();
        if (pausing && next != null && next.pause() != null) {
            pausing = false;
            waiting.remove();
        }
    }

    void add(Release release) {
        release.parts().forEach(this::add);
        if (release.stored() != null) {
            add(release.stored());
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Hands over what the connection takes now, and tells whether that was all. */
    boolean drain() {
        Waiting next;
        while ((next = waiting.peek()) != null) {
            if (next.pause() != null) {
                flush();
                if (!pausing) {
                    pausing = true;
                    effects.armTimer(ReplayTimer.PACE, next.pause());
                }
                return false;
            }
            if (!effects.writable()) {
                flush();
                if (!effects.writable()) {
                    return false;
                }
            }
            int count = (int) Math.min(next.length() - at, PIECE_BYTES);
            if (next.stored() == null) {
                effects.write(next.bytes(), (int) at, (int) at + count);
            } else {
                effects.write(next.stored().slice(at, count));
            }
            unflushed = true;
            at += count;
            if (at == next.length()) {
                waiting.remove();
                at = 0;
            }
        }
        return true;
    }

    /** Sends what was handed over. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            effects.flush();
        }
    }
}
