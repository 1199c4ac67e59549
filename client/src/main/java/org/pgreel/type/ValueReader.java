package org.pgreel.type;

import java.util.Objects;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/**
 * Reads one value in binary format, never beyond its end.
 *
 * <p>Numbers are big-endian. Every failure is a {@link MalformedValueException} that names the place and what is wrong
 * with the structure. Containers read their elements in place by {@link #enter} and {@link #leave}, at most {@value
 * #DEPTH_MAX} deep. Mutable; confined to the thread that decodes.
 */
public final class ValueReader {
    /** How deep composites, arrays and ranges may be nested in each other. */
    public static final int DEPTH_MAX = 16;

    private final byte[] buffer;
    private final int origin;
    private int position;
    private int end;
    private int depth;

    /**
     * Creates a reader.
     *
     * @param buffer holds the value; not changed
     * @param from where the value begins
     * @param to where it ends (exclusive)
     */
    public ValueReader(byte[] buffer, int from, int to) {
        Objects.checkFromToIndex(from, to, buffer.length);
        this.buffer = buffer;
        this.origin = from;
        this.position = from;
        this.end = to;
    }

    /** Reads a byte as a signed number. */
    public byte readByte() {
        need(1);
        return buffer[position++];
    }

    /** Reads a byte as an unsigned number, 0 to 255. */
    public int readUnsignedByte() {
        return readByte() & 0xFF;
    }

    /** Reads a signed number of two bytes. */
    public short readInt16() {
        need(2);
        int value = buffer[position] << 8 | (buffer[position + 1] & 0xFF);
        position += 2;
        return (short) value;
    }

    /** Reads an unsigned number of two bytes, 0 to 65535. */
    public int readUnsignedInt16() {
        return readInt16() & 0xFFFF;
    }

    /** Reads a signed number of four bytes. */
    public int readInt32() {
        need(4);
        position += 4;
        return int32At(buffer, position - 4);
    }

    /** Reads a signed number of eight bytes. */
    public long readInt64() {
        need(8);
        position += 8;
        return int64At(buffer, position - 8);
    }

    /** Reads a float of four bytes. */
    public float readFloat4() {
        return Float.intBitsToFloat(readInt32());
    }

    /** Reads a float of eight bytes. */
    public double readFloat8() {
        return Double.longBitsToDouble(readInt64());
    }

    static int int32At(byte[] buffer, int at) {
        return buffer[at] << 24
                | (buffer[at + 1] & 0xFF) << 16
                | (buffer[at + 2] & 0xFF) << 8
                | (buffer[at + 3] & 0xFF);
    }

    static long int64At(byte[] buffer, int at) {
        return (long) int32At(buffer, at) << 32 | (int32At(buffer, at + 4) & 0xFFFFFFFFL);
    }

    /** Reads a count of items, Int32, and refuses one that cannot fit into what is left. */
    public int readCount(int bytesEach) {
        int count = readInt32();
        requireRoomFor(count, bytesEach);
        return count;
    }

    /** Refuses a count of items that is negative or cannot fit into what is left; call it before allocating for them. */
    public void requireRoomFor(int count, int bytesEach) {
        if (count < 0 || (long) count * bytesEach > remaining()) {
            throw malformed(
                    count + " items of at least " + bytesEach + " bytes announced, " + remaining() + " bytes left");
        }
    }

    /** Reads that many bytes, as a view of the buffer. */
    public Bytes readBytes(int count) {
        need(count);
        position += count;
        return Bytes.wrap(buffer, position - count, position);
    }

    /** Reads all that is left of the value, as a view of the buffer. */
    public Bytes readRest() {
        return readBytes(remaining());
    }

    /** Reads that many bytes as text. */
    public String readText(int count) {
        need(count);
        position += count;
        return WireText.decode(buffer, position - count, position);
    }

    /** Reads all that is left of the value as text. */
    public String readText() {
        return readText(remaining());
    }

    /** Reads text up to a NUL, which is consumed. */
    public String readTerminatedText() {
        int at = position;
        while (at < end && buffer[at] != 0) {
            at++;
        }
        require(at < end, "the string has no end");
        String text = readText(at - position);
        position++;
        return text;
    }

    /**
     * Narrows the reader to the next {@code length} bytes, which are a value of their own.
     *
     * @return what {@link #leave} wants
     */
    public int enter(int length) {
        need(length);
        require(depth < DEPTH_MAX, "nested more than " + DEPTH_MAX + " deep");
        depth++;
        int outer = end;
        end = position + length;
        return outer;
    }

    /** Ends what {@link #enter} began: the value in it must have been read to its end. */
    public void leave(int outer) {
        requireExhausted();
        end = outer;
        depth--;
    }

    /** Reads the next {@code length} bytes by the codec. */
    public <T> T read(int length, Codec<T> codec) {
        int outer = enter(length);
        T value = codec.readBinary(this);
        leave(outer);
        return value;
    }

    /** Returns the number of bytes that are left of the value. */
    public int remaining() {
        return end - position;
    }

    /** Refuses bytes behind the end of the value. */
    public void requireExhausted() {
        if (position != end) {
            throw malformed(remaining() + " bytes left over");
        }
    }

    /** Refuses the value for the reason given unless the condition holds. */
    public void require(boolean condition, String reason) {
        if (!condition) {
            throw malformed(reason);
        }
    }

    /** Returns the failure that names the current place. */
    public MalformedValueException malformed(String reason) {
        return new MalformedValueException("at byte " + (position - origin) + ": " + reason);
    }

    private void need(int count) {
        if (count < 0 || count > end - position) {
            throw malformed(count + " bytes announced, " + remaining() + " left");
        }
    }
}
