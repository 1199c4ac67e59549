package org.pgreel.type;

import java.util.Arrays;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/**
 * Writes one value in binary format into an array that grows; numbers are big-endian.
 *
 * <p>Containers write an element's length by {@link #begin} and {@link #end}. Mutable; confined to one thread.
 */
public final class ValueWriter {
    /** What a server allocates at most for a value (MaxAllocSize). */
    private static final int LARGEST = 0x3FFFFFFF;

    private static final int INITIAL = 32;
    private static final int NULL_LENGTH = -1;

    private byte[] array = new byte[INITIAL];
    private int length;

    /** Creates a writer that holds nothing. */
    public ValueWriter() {}

    /** Writes the low eight bits. */
    public ValueWriter writeByte(int value) {
        ensure(1);
        array[length++] = (byte) value;
        return this;
    }

    /** Writes the low sixteen bits. */
    public ValueWriter writeInt16(int value) {
        ensure(2);
        array[length++] = (byte) (value >> 8);
        array[length++] = (byte) value;
        return this;
    }

    /** Writes a number of four bytes. */
    public ValueWriter writeInt32(int value) {
        ensure(4);
        putInt32(length, value);
        length += 4;
        return this;
    }

    /** Writes a number of eight bytes. */
    public ValueWriter writeInt64(long value) {
        return writeInt32((int) (value >> 32)).writeInt32((int) value);
    }

    /** Writes a float of four bytes. */
    public ValueWriter writeFloat4(float value) {
        return writeInt32(Float.floatToIntBits(value));
    }

    /** Writes a float of eight bytes. */
    public ValueWriter writeFloat8(double value) {
        return writeInt64(Double.doubleToLongBits(value));
    }

    /** Writes the bytes, without a length. */
    public ValueWriter writeBytes(Bytes bytes) {
        ensure(bytes.length());
        bytes.copyTo(array, length);
        length += bytes.length();
        return this;
    }

    /** Writes the text in UTF-8, without a length or an end. */
    public ValueWriter writeText(String text) {
        return writeBytes(Bytes.wrap(WireText.encode(WireText.requireNoNul(text, "text"))));
    }

    /** Writes the length −1, which stands for NULL where an element's length stands. */
    public ValueWriter writeNull() {
        return writeInt32(NULL_LENGTH);
    }

    /** Leaves room for the Int32 length of what is written next; returns what {@link #end} wants. */
    public int begin() {
        writeInt32(0);
        return length;
    }

    /** Writes the length of what was written since {@link #begin} where it belongs. */
    public void end(int begun) {
        putInt32(begun - Integer.BYTES, length - begun);
    }

    /** Writes an element: its Int32 length and the value by its codec. */
    public <T> ValueWriter write(T value, Codec<T> codec) {
        int begun = begin();
        codec.writeBinary(value, this);
        end(begun);
        return this;
    }

    /** Returns a copy of what was written. */
    public Bytes toBytes() {
        return Bytes.copyOf(array, 0, length);
    }

    private void putInt32(int at, int value) {
        array[at] = (byte) (value >> 24);
        array[at + 1] = (byte) (value >> 16);
        array[at + 2] = (byte) (value >> 8);
        array[at + 3] = (byte) value;
    }

    private void ensure(int more) {
        long needed = (long) length + more;
        if (needed > LARGEST) {
            throw new IllegalArgumentException("the value has more than " + LARGEST + " bytes, which no server takes");
        }
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(2L * array.length, LARGEST)));
        }
    }
}
