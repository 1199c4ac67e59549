package org.pgreel.type;

/** Reads words of tsvector and tsquery: in quotes, with quotes and backslashes doubled, as PostgreSQL writes them. */
final class LexemeText {
    private final String text;
    private int at;

    LexemeText(String text) {
        this.text = text;
    }

    boolean more() {
        return at < text.length();
    }

    boolean startsWith(String expected) {
        return text.startsWith(expected, at);
    }

    boolean accept(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    void expect(char c) {
        if (!accept(c)) {
            throw malformed();
        }
    }

    void skipBlanks() {
        while (accept(' ')) {
            // Nothing but the blank.
        }
    }

    void blankOrEnd() {
        if (more()) {
            expect(' ');
            if (!more()) {
                throw malformed();
            }
        }
    }

    String word() {
        expect('\'');
        var word = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw malformed();
            }
            char c = text.charAt(at++);
            if (c == '\'' && !accept('\'')) {
                return word.toString();
            } else if (c == '\\') {
                if (at >= text.length()) {
                    throw malformed();
                }
                c = text.charAt(at++);
            }
            word.append(c);
        }
    }

    int number(int most) {
        int from = at;
        int value = 0;
        while (at < text.length() && at - from < 5 && Ascii.isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (from == at || value > most) {
            throw malformed();
        }
        return value;
    }

    /** Reads one of the letters; answers the other one if there is none. */
    char letter(String letters, char otherwise) {
        boolean there = at < text.length() && letters.indexOf(text.charAt(at)) >= 0;
        return there ? text.charAt(at++) : otherwise;
    }

    MalformedValueException malformed() {
        return new MalformedValueException("at character " + at + ": not as PostgreSQL writes it");
    }

    static String quoted(String word) {
        return '\'' + word.replace("\\", "\\\\").replace("'", "''") + '\'';
    }
}
