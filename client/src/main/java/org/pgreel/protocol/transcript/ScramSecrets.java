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
        int at = 1;
        if (begins(0, "p=")) {
            at = 2 + binding().length();
        } else if (!begins(0, "n") && !begins(0, "y")) {
            return brokenAt(0);
        }
        if (at < data.length() && data.byteAt(at) != ',') {
            return brokenAt(at);
        }
        return attributesFrom(begins(at + 1, ",") ? at + 2 : at + 1);
    }

    private String binding() {
        for (String binding : BINDINGS) {
            if (begins(2, binding)) {
                return binding;
            }
        }
        return "";
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
        if (from < to) {
            if (shown < from) {
                atoms.add(new Atom.Literal(data.slice(shown, from)));
            }
            atoms.add(new Atom.Wildcard(Value.SECRET, Integer.toString(to - from), List.of()));
            shown = to;
        }
    }

    private Value done() {
        if (shown < data.length() || atoms.isEmpty()) {
            atoms.add(new Atom.Literal(data.slice(shown, data.length())));
        }
        return new Value(atoms);
    }
}
