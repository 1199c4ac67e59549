package org.pgreel.type;

import java.nio.charset.StandardCharsets;

/** Letters and digits of the ASCII range, which is all that PostgreSQL's own spellings are made of. */
final class Ascii {
    private Ascii() {}

    /** Returns one byte a character; a character outside ASCII becomes a question mark, which is no digit. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** What PostgreSQL's scanner takes for white space. */
    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
