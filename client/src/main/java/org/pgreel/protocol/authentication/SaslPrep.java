package org.pgreel.protocol.authentication;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * SASLprep (RFC 4013): what makes two spellings of a password one.
 *
 * <p>PostgreSQL and libpq take the password as it is when it cannot be prepared, so that one in another encoding, or
 * with characters that the RFC prohibits, still works; so do we.
 */
public final class SaslPrep {

    private SaslPrep() {}

    /**
     * Returns the bytes of a password as SCRAM takes them: prepared if it can be, otherwise as they are.
     *
     * @param password the password
     * @return its bytes in UTF-8
     */
    public static byte[] passwordBytes(CharSequence password) {
        String raw = password.toString();
        return prepare(raw).orElse(raw).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Prepares a text.
     *
     * @param text the text
     * @return the prepared text; empty if the RFC does not allow it: it has a prohibited or unassigned character, mixes
     *     directions, is not well-formed, or nothing is left of it
     */
    public static Optional<String> prepare(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            // As in PostgreSQL's pg_saslprep: ASCII is never changed, control characters included.
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            return Optional.empty();
        }
        String prepared = Normalizer.normalize(mapped(text), Normalizer.Form.NFKC);
        boolean allowed = !prepared.isEmpty()
                && prepared.codePoints().noneMatch(SaslPrep::isProhibited)
                && directionIsPlain(prepared);
        return allowed ? Optional.of(prepared) : Optional.empty();
    }

    private static String mapped(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (SaslPrepTables.NON_ASCII_SPACE.contains(c)) {
                mapped.append(' ');
            } else if (!SaslPrepTables.MAPPED_TO_NOTHING.contains(c)) {
                mapped.appendCodePoint(c);
            }
        });
        return mapped.toString();
    }

    private static boolean isProhibited(int codePoint) {
        return SaslPrepTables.PROHIBITED.contains(codePoint) || SaslPrepTables.UNASSIGNED.contains(codePoint);
    }

    /** RFC 3454, section 6: text written from right to left holds nothing else, and begins and ends with it. */
    private static boolean directionIsPlain(String text) {
        if (text.codePoints().noneMatch(SaslPrepTables.RIGHT_TO_LEFT::contains)) {
            return true;
        }
        return text.codePoints().noneMatch(SaslPrep::isLeftToRight)
                && SaslPrepTables.RIGHT_TO_LEFT.contains(text.codePointAt(0))
                && SaslPrepTables.RIGHT_TO_LEFT.contains(text.codePointBefore(text.length()));
    }

    private static boolean isLeftToRight(int codePoint) {
        return Character.getDirectionality(codePoint) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
    }
}
