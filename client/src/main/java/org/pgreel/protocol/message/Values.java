package org.pgreel.protocol.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Values as the wire writes them: each its Int32 length, −1 for NULL, and its bytes; all over one shared array.
 *
 * <p>Only the places of the values are computed when they are decoded; nothing is copied. A value (and these values) keep
 * the buffer alive that the message came in: a caller that keeps one for long takes {@link Bytes#compact()}. Immutable;
 * equal by content.
 */
public final class Values {
    /** No values. */
    public static final Values EMPTY = new Values(new byte[0], 0, 0, new int[0]);

    private static final int NULL_LENGTH = -1;

    private final byte[] buffer;
    private final int from;
    private final int to;
    private final int[] offsets;

    private Values(byte[] buffer, int from, int to, int[] offsets) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.offsets = offsets;
    }

    /** Returns the values given, null for NULL. */
    public static Values of(List<? extends @Nullable Bytes> values) {
        Counts.requireInt16(values.size(), "number of values");
        byte[] buffer = new byte[encodedLength(values)];
        int[] offsets = new int[values.size()];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            Bytes value = values.get(i);
            int length = value == null ? NULL_LENGTH : value.length();
            buffer[at++] = (byte) (length >> 24);
            buffer[at++] = (byte) (length >> 16);
            buffer[at++] = (byte) (length >> 8);
            buffer[at++] = (byte) length;
            offsets[i] = at;
            if (value != null) {
                value.copyTo(buffer, at);
                at += length;
            }
        }
        return new Values(buffer, 0, at, offsets);
    }

    private static int encodedLength(List<? extends @Nullable Bytes> values) {
        long length = (long) values.size() * Integer.BYTES;
        for (Bytes value : values) {
            length += value == null ? 0 : value.length();
        }
        if (length > MessageWriter.LARGEST_MESSAGE) {
            throw new IllegalArgumentException("The message cannot be written: " + length
                    + " bytes are more than the limit of " + MessageWriter.LARGEST_MESSAGE);
        }
        return (int) length;
    }

    /** Returns the texts given as values, null for NULL. */
    public static Values ofText(@Nullable String... texts) {
        List<@Nullable Bytes> values = new ArrayList<>(texts.length);
        for (String text : texts) {
            values.add(text == null ? null : Bytes.utf8(text));
        }
        return of(values);
    }

    static Values decode(MessageReader body) {
        int count = body.readCount(Integer.BYTES);
        int[] offsets = new int[count];
        int from = body.position();
        for (int i = 0; i < count; i++) {
            int length = body.readInt32();
            offsets[i] = body.position();
            if (length != NULL_LENGTH) {
                body.skip(length);
            }
        }
        return new Values(body.buffer(), from, body.position(), offsets);
    }

    void encode(MessageWriter out) {
        out.writeInt16(offsets.length).writeBytes(buffer, from, to);
    }

    static @Nullable Bytes readOne(MessageReader body) {
        int length = body.readInt32();
        return length == NULL_LENGTH ? null : body.readBytes(length);
    }

    static void writeOne(@Nullable Bytes value, MessageWriter out) {
        if (value == null) {
            out.writeInt32(NULL_LENGTH);
        } else {
            out.writeInt32(value.length()).writeBytes(value);
        }
    }

    /** Returns the number of values. */
    public int count() {
        return offsets.length;
    }

    /** Tells whether the value at the index, 0 being the first, is NULL. */
    public boolean isNull(int index) {
        return length(index) == NULL_LENGTH;
    }

    /** Returns the length in bytes of the value at the index, −1 for NULL. */
    public int length(int index) {
        int at = offsets[index] - Integer.BYTES;
        return buffer[at] << 24
                | (buffer[at + 1] & 0xFF) << 16
                | (buffer[at + 2] & 0xFF) << 8
                | (buffer[at + 3] & 0xFF);
    }

    /** Returns where in {@link #array()} the value at the index begins. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Returns the array that the values lie in, for decoders that want no view; it may not be changed. */
    public byte[] array() {
        return buffer;
    }

    /** Returns the value at the index, a view, or null for NULL. */
    public @Nullable Bytes value(int index) {
        int length = length(index);
        return length == NULL_LENGTH ? null : Bytes.wrap(buffer, offsets[index], offsets[index] + length);
    }

    /** Returns the value at the index as text, or null for NULL. */
    public @Nullable String text(int index) {
        int length = length(index);
        return length == NULL_LENGTH ? null : WireText.decode(buffer, offsets[index], offsets[index] + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that
                && offsets.length == that.offsets.length
                && Arrays.equals(buffer, from, to, that.buffer, that.from, that.to);
    }

    @Override
    public int hashCode() {
        return 31 * Bytes.wrap(buffer, from, to).hashCode() + offsets.length;
    }

    /** Returns the number of values; their content may be confidential. */
    @Override
    public String toString() {
        return offsets.length + " values";
    }
}
