package org.pgreel.protocol.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable sequence of bytes: a view of part of an array.
 *
 * <p>Messages share the buffer they were decoded from, so a small value may keep a whole read (64 KiB) alive; {@link
 * #compact()} gives one that does not. Equal by content.
 */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int from;
    private final int to;

    private Bytes(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = to;
    }

    /** Returns a copy of the whole array. */
    public static Bytes copyOf(byte[] array) {
        return copyOf(array, 0, array.length);
    }

    /** Returns a copy of the part between {@code from} and {@code to} (exclusive). */
    public static Bytes copyOf(byte[] array, int from, int to) {
        return wrap(Arrays.copyOfRange(array, from, to));
    }

    /** Returns a view of the whole array, which may not be changed afterwards. */
    public static Bytes wrap(byte[] array) {
        return wrap(array, 0, array.length);
    }

    /** Returns a view of the part between {@code from} and {@code to} (exclusive); the array may not be changed. */
    public static Bytes wrap(byte[] array, int from, int to) {
        Objects.checkFromToIndex(from, to, array.length);
        return from == to ? EMPTY : new Bytes(array, from, to);
    }

    /** Returns the bytes of the text, as {@link WireText} writes it. */
    public static Bytes utf8(String text) {
        return wrap(WireText.encode(text));
    }

    /** Returns the bytes that the hexadecimal digits spell; blanks between them are skipped. */
    public static Bytes ofHex(String hex) {
        StringBuilder digits = new StringBuilder(hex.length());
        hex.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(digits::appendCodePoint);
        return wrap(HexFormat.of().parseHex(digits));
    }

    /** Returns the number of bytes. */
    public int length() {
        return to - from;
    }

    /** Tells whether there are none. */
    public boolean isEmpty() {
        return from == to;
    }

    /** Returns the byte at the index, 0 being the first. */
    public byte byteAt(int index) {
        return array[from + Objects.checkIndex(index, length())];
    }

    /** Returns a copy as an array. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, to);
    }

    /** Copies all bytes into {@code target}, the first to index {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, from, target, at, length());
    }

    /** Returns a view of the part between {@code first} and {@code end} (exclusive) of this sequence. */
    public Bytes slice(int first, int end) {
        Objects.checkFromToIndex(first, end, length());
        return wrap(array, from + first, from + end);
    }

    /** Returns these bytes and the others behind them, as a copy. */
    public Bytes plus(Bytes others) {
        byte[] joined = Arrays.copyOf(toArray(), length() + others.length());
        others.copyTo(joined, length());
        return new Bytes(joined, 0, joined.length);
    }

    /** Returns the same bytes, in an array that holds nothing else. */
    public Bytes compact() {
        return length() == array.length ? this : wrap(toArray());
    }

    /** Returns the bytes as lower-case hexadecimal digits without blanks. */
    public String hex() {
        return HexFormat.of().formatHex(array, from, to);
    }

    /** Returns the bytes as text, as {@link WireText} reads it. */
    public String text() {
        return WireText.decode(array, from, to);
    }

    /** Appends these bytes to a message that is being written. */
    void writeTo(MessageWriter out) {
        out.writeBytes(array, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, from, to, that.array, that.from, that.to);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Returns the length only: what the bytes are may be a secret, and this ends up in logs. See {@link #hex()}. */
    @Override
    public String toString() {
        return length() + " bytes";
    }
}
