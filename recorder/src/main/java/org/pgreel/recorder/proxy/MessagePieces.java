package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.pgreel.protocol.wire.MalformedMessageException;

/** The messages of one direction during a login, put together of whatever pieces they come in. */
final class MessagePieces {

    private static final int HEADER_BYTES = 5;
    private static final int MESSAGE_BYTES_MAX = 64 * 1024;

    private byte[] bytes = new byte[0];
    private int from;

    /** Takes what came, and releases it. */
    void add(ByteBuf more) {
        int kept = bytes.length - from;
        byte[] all = new byte[kept + more.readableBytes()];
        System.arraycopy(bytes, from, all, 0, kept);
        more.readBytes(all, kept, all.length - kept);
        more.release();
        bytes = all;
        from = 0;
    }

    /**
     * Returns whether a message lies ready.
     *
     * @throws MalformedMessageException if no message of a login is that short or long
     */
    boolean next() {
        if (bytes.length - from < HEADER_BYTES) {
            return false;
        }
        int length = length();
        if (length < HEADER_BYTES - 1 || length > MESSAGE_BYTES_MAX) {
            throw new MalformedMessageException("message", 1, "its length is " + length);
        }
        return bytes.length >= end();
    }

    private int length() {
        return ((bytes[from + 1] & 0xff) << 24)
                | ((bytes[from + 2] & 0xff) << 16)
                | ((bytes[from + 3] & 0xff) << 8)
                | (bytes[from + 4] & 0xff);
    }

    byte type() {
        return bytes[from];
    }

    byte[] array() {
        return bytes;
    }

    int bodyFrom() {
        return from + HEADER_BYTES;
    }

    int end() {
        return from + 1 + length();
    }

    /** Takes the message away and returns it whole. */
    byte[] take() {
        int end = end();
        byte[] message = Arrays.copyOfRange(bytes, from, end);
        from = end;
        return message;
    }

    /** Takes away all that is there. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
        from = bytes.length;
        return rest;
    }
}
