package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;

/**
 * Hides the secret attribute of a SCRAM message (RFC 5802: attributes {@code letter=value}, separated by commas), and all
 * from where the message is none.
 */
final class ScramSecrets {
    private static final List<String> BINDINGS = List.of("tls-server-end-point", "tls-unique", "tls-exporter");

    private final Bytes data;
    private final String harmless;
    private final char secret;
    private final List<Atom> atoms = new ArrayList<>();
    private int shown;

    /**
     * @param harmless the letters of the attributes that are shown
     * @param secret the letter of the one that is not
     */
    ScramSecrets(Bytes data, String harmless, char secret) {
        this.data = data;
        this.harmless = harmless;
        this.secret = secret;
    }

    /** Returns the client's first message: attributes behind a GS2 header such as {@code n,,}. */
    Value clientFirst() {
        if (data.isEmpty() || ("nyp" + harmless).indexOf(data.byteAt(0)) < 0) {
            return brokenAt(0);
        }
        int at = 1;
        if (data.byteAt(0) == 'p') {
            if (!begins(1, "=")) {
                return brokenAt(1);
            }
            at = 2 + bindingLength();
        }
        if (at < data.length() && data.byteAt(at) != ',') {
            return brokenAt(at);
        }
        return attributesFrom(begins(at + 1, ",") ? at + 2 : at + 1);
    }

    /** Returns how far the name of a channel binding goes that is known, at least in its beginning. */
    private int bindingLength() {
        int longest = 0;
        for (String binding : BINDINGS) {
            int length = 0;
            while (length < binding.length() && begins(2, binding.substring(0, length + 1))) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** Returns a message that is only attributes. */
    Value attributes() {
        return attributesFrom(0);
    }

    private Value attributesFrom(int from) {
        int at = from;
        while (at < data.length()) {
            char letter = (char) data.byteAt(at);
            if (letter != secret && harmless.indexOf(letter) < 0) {
                return brokenAt(at);
            }
            if (at + 1 < data.length() && data.byteAt(at + 1) != '=') {
                return brokenAt(at + 1);
            }
            int end = Math.min(at + 2, data.length());
            while (end < data.length() && data.byteAt(end) != ',') {
                end++;
            }
            if (letter == secret) {
                hide(Math.min(at + 2, end), end);
            }
            at = end + 1;
        }
        return done();
    }

    private boolean begins(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= data.length() || data.byteAt(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Value brokenAt(int at) {
        hide(at, data.length());
        return done();
    }

    private void hide(int from, int to) {
        if (from < to && !isOverwritten(from, to)) {
            if (shown < from) {
                atoms.add(new Atom.Literal(data.slice(shown, from)));
            }
            atoms.add(new Atom.Wildcard(Value.SECRET, Integer.toString(to - from), List.of()));
            shown = to;
        }
    }

    /** Tells whether asterisks stand where those of a hidden secret would be read back as base64. */
    private boolean isOverwritten(int from, int to) {
        boolean base64 = from >= 2 && (begins(from - 2, "p=") || begins(from - 2, "v="));
        for (int i = from; i < to && base64; i++) {
            base64 = data.byteAt(i) == '*';
        }
        return base64;
    }

    private Value done() {
        if (shown < data.length() || atoms.isEmpty()) {
            atoms.add(new Atom.Literal(data.slice(shown, data.length())));
        }
        return new Value(atoms);
    }
}
