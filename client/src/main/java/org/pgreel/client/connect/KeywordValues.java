package org.pgreel.client.connect;

import java.util.Map;

/** Keywords with values: {@code host=localhost port=5432 dbname='my db'}; in quotes or not, {@code \} escapes. */
final class KeywordValues {

    private final String text;
    private int at;

    KeywordValues(String text) {
        this.text = text;
    }

    Map<Keyword, String> parameters() {
        Map<Keyword, String> found = ConnectionString.nothing();
        skipSpace();
        while (at < text.length()) {
            int begin = at;
            String word = word();
            String value = at < text.length() && text.charAt(at) == '\'' ? quoted() : unquoted();
            if (!ConnectionString.store(found, word, value)) {
                throw new ConnectionStringException(begin + 1, Keyword.unknown(word));
            }
            skipSpace();
        }
        return found;
    }

    /** Reads a keyword and the equals sign, and stops at the value. */
    private String word() {
        int begin = at;
        while (at < text.length() && text.charAt(at) != '=' && !isSpace(text.charAt(at))) {
            at++;
        }
        String word = text.substring(begin, at);
        skipSpace();
        if (at == text.length() || text.charAt(at) != '=') {
            boolean known = Keyword.of(word).isPresent();
            throw new ConnectionStringException(
                    begin + 1, known ? "\"=\" is missing behind " + word : "\"=\" is missing behind this word");
        }
        at++;
        skipSpace();
        return word;
    }

    private String unquoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && !isSpace(text.charAt(at))) {
            character(value);
        }
        return value.toString();
    }

    private String quoted() {
        int begin = at;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            character(value);
        }
        if (at == text.length()) {
            throw new ConnectionStringException(begin + 1, "the quote that begins here has no end");
        }
        at++;
        return value.toString();
    }

    /** Takes one character, or the one behind a backslash; a backslash at the very end stands for nothing. */
    private void character(StringBuilder value) {
        if (text.charAt(at) == '\\') {
            at++;
            if (at == text.length()) {
                return;
            }
        }
        value.append(text.charAt(at++));
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    /** C's isspace in the locale C. */
    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
