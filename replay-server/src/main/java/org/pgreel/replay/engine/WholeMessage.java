package org.pgreel.replay.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;

/**
 * A message that lies whole in the bytes that came, as nearly all do: it is read where it lies, and only what is kept of it
 * is copied.
 */
final class WholeMessage {
    /** It does not lie whole there, or its length cannot be one. */
    static final int NONE = -1;

    private static final int HEADER = 5;
    private static final byte TERMINATE = 'X';

    private WholeMessage() {}

    /** Returns where the message ends that begins there. */
    static int end(byte[] buffer, int from, int to) {
        if (to - from < HEADER) {
            return NONE;
        }
        int announced = (buffer[from + 1] & 0xFF) << 24
                | (buffer[from + 2] & 0xFF) << 16
                | (buffer[from + 3] & 0xFF) << 8
                | (buffer[from + 4] & 0xFF);
        boolean whole = announced >= HEADER - 1 && announced <= to - from - 1;
        return whole ? from + 1 + announced : NONE;
    }

    static boolean isTerminate(byte[] buffer, int from, int to) {
        return buffer[from] == TERMINATE && to - from == HEADER;
    }

    /** Decodes the message; null if it is malformed. It does not share the buffer. */
    static @Nullable FrontendMessage decoded(byte[] buffer, int from, int to) {
        if (copiesWhatItKeeps(buffer[from])) {
            return DepartingMessage.decoded(buffer, from, to);
        }
        return DepartingMessage.decoded(Arrays.copyOfRange(buffer, from, to), 0, to - from);
    }

    /** Of these the decoder keeps strings and numbers, but no bytes: Execute, Describe, Sync, Query, Parse, Close, Flush. */
    private static boolean copiesWhatItKeeps(byte type) {
        return switch (type) {
            case 'E', 'D', 'S', 'Q', 'P', 'C', 'H' -> true;
            default -> false;
        };
    }
}
