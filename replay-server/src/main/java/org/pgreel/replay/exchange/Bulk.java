package org.pgreel.replay.exchange;

import java.util.function.Consumer;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.replay.source.StoredBytes;

/**
 * Rows, or the data of a COPY, that are too many for the memory.
 *
 * @param bytes whole messages of one kind
 * @param count how many
 */
public record Bulk(StoredBytes bytes, long count) {
    private static final int HEADER = 5;
    private static final byte DATA_ROW = 'D';

    boolean rows() {
        return bytes.copy(0, 1)[0] == DATA_ROW;
    }

    /** Decodes the messages, one after the other. */
    public void forEach(Consumer<BackendMessage> action) {
        for (long at = 0; at < bytes.length(); at += lengthAt(at)) {
            action.accept(at(at));
        }
    }

    /** Decodes the message that begins there. */
    BackendMessage at(long from) {
        byte[] message = bytes.copy(from, lengthAt(from));
        return BackendMessageDecoder.decode(message[0], message, HEADER, message.length);
    }

    /** Returns the length of the message that begins there, in bytes. */
    int lengthAt(long from) {
        return bytes.slice(from, HEADER).getInt(1) + 1;
    }
}
