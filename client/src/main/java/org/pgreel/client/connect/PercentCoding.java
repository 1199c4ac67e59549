package org.pgreel.client.connect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent coding as libpq reads it in URIs: {@code %XX} is a byte of UTF-8, {@code +} is a plus sign. */
final class PercentCoding {

    private PercentCoding() {}

    /**
     * Decodes a part of a URI.
     *
     * @param coded the part
     * @param offset where it begins in the URI, counted from 0, for messages
     */
    static String decode(String coded, int offset) {
        String trimmed = trimmed(coded, offset);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < trimmed.length()) {
            int percent = trimmed.indexOf('%', at);
            int end = percent < 0 ? trimmed.length() : percent;
            bytes.writeBytes(trimmed.substring(at, end).getBytes(StandardCharsets.UTF_8));
            at = end;
            if (percent >= 0) {
                bytes.write(octet(trimmed, at, offset));
                at += 3;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConnectionStringException(offset + 1, "the percent coding does not give UTF-8");
        }
    }

    /** As libpq since 17: spaces around a part are no part of it, and inside they must be coded. */
    private static String trimmed(String coded, int offset) {
        String trimmed = coded.strip();
        for (int at = 0; at < trimmed.length(); at++) {
            if (Character.isWhitespace(trimmed.charAt(at))) {
                throw new ConnectionStringException(
                        offset + coded.indexOf(trimmed) + at + 1, "a space inside a URI; write %20");
            }
        }
        return trimmed;
    }

    private static int octet(String coded, int percent, int offset) {
        boolean whole = percent + 2 < coded.length()
                && HexFormat.isHexDigit(coded.charAt(percent + 1))
                && HexFormat.isHexDigit(coded.charAt(percent + 2));
        if (!whole) {
            throw new ConnectionStringException(offset + percent + 1, "\"%\" must be followed by two hex digits");
        }
        int octet = HexFormat.fromHexDigits(coded, percent + 1, percent + 3);
        if (octet == 0) {
            throw new ConnectionStringException(offset + percent + 1, "%00 is forbidden: a NUL ends a string");
        }
        return octet;
    }
}
