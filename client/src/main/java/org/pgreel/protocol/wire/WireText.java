package org.pgreel.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text of the wire as Java strings, without loss.
 *
 * <p>The wire's text is UTF-8, except when it is not: error messages before authentication may come in any encoding. A
 * byte {@code b} that is not UTF-8 becomes the lone surrogate U+DC00 + b and is written back as that byte (the
 * "surrogateescape" of PEP 383), so bytes → string → bytes is always the identity.
 */
public final class WireText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int ESCAPE = 0xDC00;

    private WireText() {}

    /** Returns the string that the bytes stand for; never fails. */
    public static String decode(byte[] buffer, int from, int to) {
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeEscaping(buffer, from, to);
    }

    private static String decodeEscaping(byte[] buffer, int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(buffer, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            out.put((char) (ESCAPE + (in.get() & 0xFF)));
            decoder.reset();
        }
    }

    /**
     * Returns the bytes that the string stands for.
     *
     * @throws IllegalArgumentException when the text holds a lone surrogate that stands for no byte
     */
    public static byte[] encode(String text) {
        int escaped = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (isPairAt(text, i)) {
                    i++;
                } else {
                    requireEscape(c, i);
                    escaped++;
                }
            }
        }
        return escaped == 0 ? text.getBytes(StandardCharsets.UTF_8) : encodeEscaped(text);
    }

    private static byte[] encodeEscaped(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int length = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isPairAt(text, i)) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                length = append(text.substring(start, i), bytes, length);
                bytes[length++] = (byte) (text.charAt(i) - ESCAPE);
                start = i + 1;
            }
        }
        length = append(text.substring(start), bytes, length);
        return Arrays.copyOf(bytes, length);
    }

    private static int append(String text, byte[] bytes, int at) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(more, 0, bytes, at, more.length);
        return at + more.length;
    }

    private static boolean isPairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private static void requireEscape(char c, int at) {
        if (c < ESCAPE + 0x80 || c > ESCAPE + 0xFF) {
            throw new IllegalArgumentException(
                    "The text holds a lone surrogate at index " + at + ", which no encoding can write");
        }
    }

    /** Returns the text for display: what stands for an undecodable byte becomes U+FFFD. */
    public static String printable(String text) {
        StringBuilder printable = null;
        for (int i = 0; i < text.length(); i++) {
            if (isPairAt(text, i)) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                printable = printable == null ? new StringBuilder(text) : printable;
                printable.setCharAt(i, REPLACEMENT);
            }
        }
        return printable == null ? text : printable.toString();
    }

    /** Tells whether the text holds characters that stand for undecodable bytes, so is not UTF-8 on the wire. */
    public static boolean hasUndecodable(String text) {
        return !printable(text).equals(text);
    }

    /**
     * Returns the text if it holds no NUL, which would end it early on the wire and let its rest be read as something
     * else.
     *
     * @throws IllegalArgumentException when it does
     */
    public static String requireNoNul(String text, String what) {
        int at = text.indexOf('\0');
        if (at >= 0) {
            throw new IllegalArgumentException("The " + what + " holds a NUL at index " + at);
        }
        return text;
    }
}
