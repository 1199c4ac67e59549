package org.pgreel.type;

import java.util.Objects;
import org.pgreel.protocol.wire.Bytes;

/**
 * A value of the type bit or varbit. It is no {@link java.util.BitSet}, which forgets how many bits there are. Immutable.
 *
 * @param length the count of bits
 * @param bytes the bits, the first being the highest of the first byte; what is left of the last byte is 0
 */
public record PgBits(int length, Bytes bytes) {

    /** Refuses bytes that do not fit the length. */
    public PgBits {
        if (length < 0 || bytes.length() != bytesOf(length)) {
            throw new IllegalArgumentException(length + " bits are not in " + bytes.length() + " bytes");
        }
        int left = bytes.length() * 8 - length;
        if (left > 0 && (bytes.byteAt(bytes.length() - 1) & ((1 << left) - 1)) != 0) {
            throw new IllegalArgumentException("the bits behind the last are not 0");
        }
    }

    static int bytesOf(int length) {
        return (int) (((long) length + 7) / 8);
    }

    /**
     * Returns the bits that the text spells.
     *
     * @param text digits 0 and 1
     * @throws MalformedValueException if it holds anything else
     */
    public static PgBits parse(String text) {
        byte[] bytes = new byte[bytesOf(text.length())];
        for (int i = 0; i < text.length(); i++) {
            int bit = text.charAt(i) - '0';
            if (bit != 0 && bit != 1) {
                throw new MalformedValueException("neither 0 nor 1");
            }
            bytes[i / 8] |= (byte) (bit << (7 - i % 8));
        }
        return new PgBits(text.length(), Bytes.wrap(bytes));
    }

    /** Returns the bit at the index, 0 being the first. */
    public boolean get(int index) {
        Objects.checkIndex(index, length);
        return (bytes.byteAt(index / 8) >> (7 - index % 8) & 1) == 1;
    }

    /** Returns the bits as digits. */
    @Override
    public String toString() {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(get(i) ? '1' : '0');
        }
        return text.toString();
    }
}
