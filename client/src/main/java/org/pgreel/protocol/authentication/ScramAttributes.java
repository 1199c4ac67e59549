package org.pgreel.protocol.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads the attributes of one SCRAM message, in the order that RFC 5802 gives them; bounded in length. */
final class ScramAttributes {

    /** As libpq bounds authentication requests ({@code 8..2000} bytes), with room for long nonces. */
    static final int LENGTH_MAX = 4096;

    private final String messageName;
    private final String text;
    private int position;

    private ScramAttributes(String messageName, String text) {
        this.messageName = messageName;
        this.text = text;
    }

    /** Begins to read a message; only its length and its characters are checked. */
    static ScramAttributes of(String messageName, byte[] message) {
        if (message.length > LENGTH_MAX) {
            throw new ScramException(
                    ScramException.Kind.MALFORMED, messageName + " is longer than " + LENGTH_MAX + " bytes");
        }
        for (byte b : message) {
            if (b == 0) {
                throw new ScramException(ScramException.Kind.MALFORMED, messageName + " holds a NUL");
            }
        }
        return new ScramAttributes(messageName, new String(message, StandardCharsets.UTF_8));
    }

    /** Passes over a fixed beginning; tells whether it was there. */
    boolean skip(String beginning) {
        boolean there = text.startsWith(beginning, position);
        position += there ? beginning.length() : 0;
        return there;
    }

    /** Returns what is left to read. */
    String rest() {
        return text.substring(position);
    }

    /** Returns the value of the next attribute, which must have this name. */
    String next(char name) {
        return nextIf(name).orElseThrow(() -> malformed("has no attribute " + name + " where one must be"));
    }

    /** Returns the value of the next attribute if it has this name. */
    Optional<String> nextIf(char name) {
        if (position + 1 >= text.length() || text.charAt(position) != name || text.charAt(position + 1) != '=') {
            return Optional.empty();
        }
        int end = text.indexOf(',', position);
        int to = end < 0 ? text.length() : end;
        String value = text.substring(position + 2, to);
        position = end < 0 ? text.length() : end + 1;
        return Optional.of(value);
    }

    /** Returns the next attribute's value, a nonce: printable ASCII, at least one character. */
    String nextNonce() {
        String nonce = next('r');
        if (!ScramSha256.isPrintable(nonce)) {
            throw new ScramException(ScramException.Kind.NONCE, messageName + " has a nonce that is not printable");
        }
        return nonce;
    }

    /** Decodes base64 as written by a careful peer: padded, nothing left over. */
    byte[] base64(String value, ScramException.Kind kind, String what) {
        try {
            byte[] decoded = Base64.getDecoder().decode(value);
            if (Base64.getEncoder().encodeToString(decoded).equals(value)) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // Told below without the decoder's words, which quote the value.
        }
        throw new ScramException(kind, what + " in " + messageName + " is not base64");
    }

    ScramException malformed(String what) {
        return new ScramException(ScramException.Kind.MALFORMED, messageName + " " + what);
    }
}
