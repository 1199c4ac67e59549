package org.pgreel.protocol.wire;

import java.util.Arrays;

/**
 * Writes messages one behind the other into an array that grows.
 *
 * <p>{@code begin(type)}, fields, {@code end()}; the length is patched in at the end. A message that cannot be written
 * (a NUL inside a string, a size over the limit) is refused with {@link IllegalArgumentException} and leaves no trace.
 * Reusable by {@link #reset()}; confined to one thread.
 */
public final class MessageWriter {
    /** The largest message that a PostgreSQL server takes: its allocations end below 1 GiB (MaxAllocSize). */
    public static final int LARGEST_MESSAGE = 0x3FFFFFFF;

    private static final int INITIAL = 256;
    private static final byte[] NOTHING = {};

    private final int limit;
    private byte[] array;
    private int length;
    private int messageFrom;
    private int lengthAt = -1;

    /** A writer with the limit {@link #LARGEST_MESSAGE}. */
    public MessageWriter() {
        this(LARGEST_MESSAGE);
    }

    /** A writer that refuses messages of more than {@code limit} bytes, type and length included. */
    public MessageWriter(int limit) {
        this.limit = limit;
        this.array = NOTHING;
    }

    /** Begins a message with a type byte. */
    public MessageWriter begin(byte type) {
        messageFrom = length;
        writeByte(type);
        lengthAt = length;
        return writeInt32(0);
    }

    /** Begins a message without a type byte. */
    public MessageWriter beginUntyped() {
        messageFrom = length;
        lengthAt = length;
        return writeInt32(0);
    }

    /** Ends the message: its length, which counts itself and not the type, is written where it belongs. */
    public MessageWriter end() {
        if (lengthAt < 0) {
            throw new IllegalStateException("No message was begun");
        }
        putInt32(lengthAt, length - lengthAt);
        lengthAt = -1;
        messageFrom = length;
        return this;
    }

    /** Writes a byte (the low eight bits). */
    public MessageWriter writeByte(int value) {
        ensure(1);
        array[length++] = (byte) value;
        return this;
    }

    /**
     * Writes an Int16, signed or unsigned.
     *
     * @throws IllegalArgumentException outside −32768 to 65535
     */
    public MessageWriter writeInt16(int value) {
        if (value < Short.MIN_VALUE || value > 0xFFFF) {
            throw refused(value + " does not fit into an Int16");
        }
        ensure(2);
        array[length++] = (byte) (value >> 8);
        array[length++] = (byte) value;
        return this;
    }

    /** Writes an Int32. */
    public MessageWriter writeInt32(int value) {
        ensure(4);
        putInt32(length, value);
        length += 4;
        return this;
    }

    /** Writes a String with its NUL at the end. */
    public MessageWriter writeString(String text) {
        ensure((long) text.length() + 1);
        int at = length;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c >= 0x80) {
                return writeEncodedString(text);
            }
            array[at++] = (byte) c;
        }
        array[at++] = 0;
        length = at;
        return this;
    }

    /** Writes the text without a NUL, its length in bytes before it: the text format of a value. */
    public MessageWriter writeSizedText(String text) {
        ensure((long) Integer.BYTES + text.length());
        int at = length + Integer.BYTES;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] encoded = WireText.encode(text);
                return writeInt32(encoded.length).writeBytes(encoded, 0, encoded.length);
            }
            array[at++] = (byte) c;
        }
        putInt32(length, text.length());
        length = at;
        return this;
    }

    private MessageWriter writeEncodedString(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw refused("a string holds a NUL at index " + nul);
        }
        try {
            byte[] encoded = WireText.encode(text);
            return writeBytes(encoded, 0, encoded.length).writeByte(0);
        } catch (IllegalArgumentException e) {
            rollBack();
            throw e;
        }
    }

    /** Writes the bytes, without a length. */
    public MessageWriter writeBytes(Bytes bytes) {
        bytes.writeTo(this);
        return this;
    }

    /** Writes the bytes between {@code from} and {@code to} (exclusive), without a length. */
    public MessageWriter writeBytes(byte[] source, int from, int to) {
        ensure((long) to - from);
        System.arraycopy(source, from, array, length, to - from);
        length += to - from;
        return this;
    }

    /** Returns a copy of all that was written. */
    public Bytes toBytes() {
        return Bytes.copyOf(array, 0, length);
    }

    /** Returns the array written to; valid up to {@link #length()}, until the next call that writes. */
    public byte[] array() {
        return array;
    }

    /** Returns the number of bytes written. */
    public int length() {
        return length;
    }

    /** Forgets all that was written and keeps the array. */
    public void reset() {
        length = 0;
        messageFrom = 0;
        lengthAt = -1;
    }

    private void ensure(long more) {
        long needed = length + more;
        if (needed - messageFrom > limit) {
            throw refused((needed - messageFrom) + " bytes are more than the limit of " + limit);
        }
        if (needed > Integer.MAX_VALUE - 8) {
            throw refused("the messages in the buffer come to more than 2 GiB");
        }
        if (needed > array.length) {
            long doubled = Math.min(Math.max(INITIAL, 2L * array.length), Integer.MAX_VALUE - 8);
            array = Arrays.copyOf(array, (int) Math.max(needed, doubled));
        }
    }

    private IllegalArgumentException refused(String reason) {
        rollBack();
        return new IllegalArgumentException("The message cannot be written: " + reason);
    }

    private void rollBack() {
        length = messageFrom;
        lengthAt = -1;
    }

    private void putInt32(int at, int value) {
        array[at] = (byte) (value >> 24);
        array[at + 1] = (byte) (value >> 16);
        array[at + 2] = (byte) (value >> 8);
        array[at + 3] = (byte) value;
    }
}
