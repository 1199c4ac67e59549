package org.pgreel.protocol.wire;

import java.util.Objects;

/**
 * Reads the body of one message, never beyond its end.
 *
 * <p>It knows the message's name, so every failure reads alike: "RowDescription at byte 31: 4 bytes announced, 2 left".
 * Nothing is copied: {@link Bytes} it returns are views of the buffer. Mutable; confined to the thread that decodes.
 */
public final class MessageReader {
    private static final int TYPED_HEADER = 5;
    private static final int UNTYPED_HEADER = 4;

    private final String messageName;
    private final byte[] buffer;
    private final int origin;
    private final int to;
    private int position;

    /**
     * A reader of the body of a message that has a type byte.
     *
     * @param messageName the manual's name, for failures
     * @param from where the body begins, behind type and length
     * @param to where it ends (exclusive)
     */
    public MessageReader(String messageName, byte[] buffer, int from, int to) {
        this(messageName, buffer, from, to, TYPED_HEADER);
    }

    private MessageReader(String messageName, byte[] buffer, int from, int to, int header) {
        Objects.checkFromToIndex(from, to, buffer.length);
        this.messageName = messageName;
        this.buffer = buffer;
        this.origin = from - header;
        this.position = from;
        this.to = to;
    }

    /** Returns a reader of the body of a message without a type byte, behind its length. */
    public static MessageReader untyped(String messageName, byte[] buffer, int from, int to) {
        return new MessageReader(messageName, buffer, from, to, UNTYPED_HEADER);
    }

    /** Returns a reader at the same place that names the message differently, once its kind is known. */
    public MessageReader named(String newName) {
        return new MessageReader(newName, buffer, position, to, position - origin);
    }

    /** Reads a byte. */
    public byte readByte() {
        need(1);
        return buffer[position++];
    }

    /** Reads an Int16 as an unsigned number, 0 to 65535, as all counts are. */
    public int readInt16() {
        need(2);
        int value = (buffer[position] & 0xFF) << 8 | (buffer[position + 1] & 0xFF);
        position += 2;
        return value;
    }

    /** Reads an Int16 as a signed number, as type lengths and column numbers are. */
    public int readSignedInt16() {
        return (short) readInt16();
    }

    /** Reads an Int32. */
    public int readInt32() {
        need(4);
        int value = buffer[position] << 24
                | (buffer[position + 1] & 0xFF) << 16
                | (buffer[position + 2] & 0xFF) << 8
                | (buffer[position + 3] & 0xFF);
        position += 4;
        return value;
    }

    /** Reads a String: bytes up to a NUL, which is consumed. */
    public String readString() {
        if (position < to && buffer[position] == 0) {
            position++;
            return "";
        }
        Bytes text = readStringBytes();
        return text.text();
    }

    /** Reads the bytes of a String up to a NUL, which is consumed. */
    public Bytes readStringBytes() {
        int end = position;
        while (end < to && buffer[end] != 0) {
            end++;
        }
        require(end < to, "the string has no end");
        Bytes text = Bytes.wrap(buffer, position, end);
        position = end + 1;
        return text;
    }

    /** Passes over a String if it is this one; nothing happens otherwise. */
    public boolean skipString(Bytes text) {
        int end = position + text.length();
        if (end >= to || buffer[end] != 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (buffer[position + i] != text.byteAt(i)) {
                return false;
            }
        }
        position = end + 1;
        return true;
    }

    /** Reads that many bytes, as a view. */
    public Bytes readBytes(int count) {
        need(count);
        position += count;
        return Bytes.wrap(buffer, position - count, position);
    }

    /** Reads all that is left, as a view. */
    public Bytes readRest() {
        return readBytes(remaining());
    }

    /** Passes over that many bytes. */
    public void skip(int count) {
        need(count);
        position += count;
    }

    /** Returns the number of bytes that are left. */
    public int remaining() {
        return to - position;
    }

    /** Returns the index in the buffer of the next byte. */
    public int position() {
        return position;
    }

    /** Returns the buffer that is read, which may not be changed. */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Reads an unsigned Int16 count and makes sure that so many items fit into what is left, before anything is
     * allocated for them.
     *
     * @param bytesEach the smallest size of an item
     */
    public int readCount(int bytesEach) {
        int count = readInt16();
        requireRoomFor(count, bytesEach);
        return count;
    }

    /** Refuses a count of items that cannot fit into what is left. */
    public void requireRoomFor(int count, int bytesEach) {
        if (count < 0 || (long) count * bytesEach > remaining()) {
            throw malformed(
                    count + " items of at least " + bytesEach + " bytes announced, " + remaining() + " bytes left");
        }
    }

    /** Refuses bytes behind the end of the message's fields. */
    public void requireExhausted() {
        if (position != to) {
            throw malformed(remaining() + " bytes left over");
        }
    }

    /** Refuses the message for the reason given unless the condition holds. */
    public void require(boolean condition, String reason) {
        if (!condition) {
            throw malformed(reason);
        }
    }

    /** Returns the failure that names this message and the current place. */
    public MalformedMessageException malformed(String reason) {
        return new MalformedMessageException(messageName, position - origin, reason);
    }

    private void need(int count) {
        if (count < 0 || count > to - position) {
            throw malformed(count + " bytes announced, " + remaining() + " left");
        }
    }
}
