package org.pgreel.replay.engine;

import java.util.Arrays;

/**
 * Collects the bytes of one message, however they were cut.
 *
 * <p>Memory follows the bytes that came, never the length that was announced.
 */
final class MessageBuffer {
    private static final int LENGTH_FIELD = 4;

    private final int header;
    private final int shortest;
    private final int longest;
    private byte[] bytes = new byte[64];
    private int length;

    private MessageBuffer(int header, int shortest, int longest) {
        this.header = header;
        this.shortest = shortest;
        this.longest = longest;
    }

    /** Collects a message that begins with its type byte. */
    static MessageBuffer typed(int longest) {
        return new MessageBuffer(1 + LENGTH_FIELD, 1 + LENGTH_FIELD, longest);
    }

    /** Collects one of the packets that begin a connection: a length, then a code. */
    static MessageBuffer untyped(int longest) {
        return new MessageBuffer(LENGTH_FIELD, 2 * LENGTH_FIELD, longest);
    }

    /** Takes bytes up to the end of the message and returns the index behind the last one taken. */
    int collect(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && !complete() && !refused()) {
            long wanted = length < header ? header : total();
            int taken = (int) Math.min(wanted - length, to - at);
            append(buffer, at, taken);
            at += taken;
        }
        return at;
    }

    /** Tells whether the message has come to its end. */
    boolean complete() {
        return length >= header && !refused() && length == total();
    }

    /** Tells whether the length that was announced is not one that a message can have here. */
    boolean refused() {
        return length >= header && (total() < shortest || total() > longest);
    }

    /** Returns the length of the whole message in bytes as its header announces it; only behind the header. */
    long total() {
        int at = header - LENGTH_FIELD;
        int announced = (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
        return (long) announced + header - LENGTH_FIELD;
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte type() {
        return bytes[0];
    }

    /** Returns the array that holds the message from index 0; it is not changed once the message is complete. */
    byte[] array() {
        return bytes;
    }

    /** Returns the index in the array at which the body begins, behind the length. */
    int bodyFrom() {
        return header;
    }

    int length() {
        return length;
    }

    private void append(byte[] buffer, int from, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(buffer, from, bytes, length, count);
        length += count;
    }
}
