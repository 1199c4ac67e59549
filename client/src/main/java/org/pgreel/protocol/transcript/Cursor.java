package org.pgreel.protocol.transcript;

import org.jspecify.annotations.Nullable;

/** A position in a line that is being read. */
final class Cursor {
    private final String text;
    private final int line;
    private final @Nullable FileSource files;
    private int at;

    Cursor(String text, int line) {
        this(text, line, null);
    }

    Cursor(String text, int line, @Nullable FileSource files) {
        this.text = text;
        this.line = line;
        this.files = files;
    }

    /** Returns where files that the text names come from; null when they are not read. */
    @Nullable
    FileSource files() {
        return files;
    }

    int lineNumber() {
        return line;
    }

    int column() {
        return at + 1;
    }

    Place place() {
        return new Place(line, column());
    }

    /** Tells whether nothing but a comment is left. */
    boolean atEnd() {
        return at == text.length() || (text.charAt(at) == '#' && (at == 0 || isBlank(text.charAt(at - 1))));
    }

    /** Tells whether nothing at all is left, where a {@code #} is part of a string. */
    boolean exhausted() {
        return at == text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    /** Tells whether the character comes next. */
    boolean sees(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean sees(String word) {
        return text.startsWith(word, at);
    }

    char next() {
        return text.charAt(at++);
    }

    void skip(int characters) {
        at += characters;
    }

    void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /** Skips blanks, of which there must be one, and tells whether something follows. */
    boolean blankThenMore() {
        int before = at;
        skipBlanks();
        if (atEnd()) {
            return false;
        }
        if (at == before) {
            throw place().failure("expected a blank before \"" + peek() + "\"");
        }
        return true;
    }

    /** Reads a word, number or duration. */
    String bare(String expected) {
        int from = at;
        while (at < text.length() && Spelling.isBare(text.charAt(at))) {
            at++;
        }
        if (from == at) {
            throw place().failure("expected " + expected + (exhausted() ? "" : " and not \"" + peek() + "\""));
        }
        return text.substring(from, at);
    }

    /** Reads up to the next blank. */
    String word() {
        int from = at;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Reads to the end, a comment or nothing; null when there is no comment. */
    @Nullable
    String comment() {
        skipBlanks();
        if (!atEnd()) {
            throw place().failure("expected the end of the line and not \"" + peek() + "\"");
        }
        return exhausted() ? null : text.substring(at + 1).strip();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
