package org.pgreel.replay.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes on their way to the client, in order; they leave as fast as the connection takes them. */
final class Outbox {
    /** How much is handed over between two looks at whether the connection takes more. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final ReplayEffects effects;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int at;
    private boolean unflushed;

    Outbox(ReplayEffects effects) {
        this.effects = effects;
    }

    void add(byte[] bytes) {
        if (bytes.length > 0) {
            waiting.add(bytes);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Hands over what the connection takes now, and tells whether that was all. */
    boolean drain() {
        byte[] next;
        while ((next = waiting.peek()) != null) {
            if (!effects.writable()) {
                flush();
                if (!effects.writable()) {
                    return false;
                }
            }
            int to = Math.min(next.length, at + PIECE_BYTES);
            effects.write(next, at, to);
            unflushed = true;
            at = to;
            if (at == next.length) {
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
