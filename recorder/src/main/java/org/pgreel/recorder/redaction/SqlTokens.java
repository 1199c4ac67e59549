package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of SQL as the server's scanner reads them, quotes and comments included. Confined to one thread. */
final class SqlTokens {

    /** What a word is: a name, or a word of the language; a literal; any other character. */
    enum Kind {
        NAME,
        LITERAL,
        SYMBOL
    }

    /**
     * A word.
     *
     * @param kind what it is
     * @param text a name as the server knows it, or a literal without its quotes
     */
    record Token(Kind kind, String text) {

        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean word(String name) {
            return kind == Kind.NAME && text.equals(name);
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        var reader = new SqlTokens(sql);
        while (reader.at < sql.length()) {
            reader.next();
        }
        return reader.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int line = sql.indexOf('\n', at);
            at = line < 0 ? sql.length() : line + 1;
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if ((c == 'e' || c == 'E') && sql.startsWith("'", at + 1)) {
            at++;
            tokens.add(new Token(Kind.LITERAL, quoted('\'', true)));
        } else if (c == '\'') {
            tokens.add(new Token(Kind.LITERAL, quoted('\'', false)));
        } else if (c == '"') {
            tokens.add(new Token(Kind.NAME, quoted('"', false)));
        } else if (c == '_' || c >= 0x80 || Character.isLetter(c)) {
            name();
        } else if (c != '$' || !betweenDollars()) {
            tokens.add(new Token(Kind.SYMBOL, String.valueOf(c)));
            at++;
        }
    }

    private static boolean inName(char c) {
        return c == '_' || c == '$' || c >= 0x80 || Character.isLetterOrDigit(c);
    }

    private void name() {
        int from = at;
        while (at < sql.length() && inName(sql.charAt(at))) {
            at++;
        }
        tokens.add(new Token(Kind.NAME, sql.substring(from, at).toLowerCase(Locale.ROOT)));
    }

    private void comment() {
        int depth = 0;
        do {
            boolean opens = sql.startsWith("/*", at);
            boolean closes = sql.startsWith("*/", at);
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        } while (depth > 0 && at < sql.length());
    }

    private String quoted(char quote, boolean escapes) {
        var text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (escapes && c == '\\' && at < sql.length()) {
                text.append(escaped(sql.charAt(at++)));
            } else if (c != quote) {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == quote) {
                text.append(c);
                at++;
            } else {
                break;
            }
        }
        return text.toString();
    }

    private static char escaped(char c) {
        int control = "bfnrt".indexOf(c);
        return control < 0 ? c : "\b\f\n\r\t".charAt(control);
    }

    /** Reads {@code $tag$ … $tag$}; a parameter such as {@code $1} is none. */
    private boolean betweenDollars() {
        int end = sql.indexOf('$', at + 1);
        if (end < 0 || end > at + 1 && Character.isDigit(sql.charAt(at + 1))) {
            return false;
        }
        String tag = sql.substring(at, end + 1);
        if (!tag.chars().allMatch(c -> inName((char) c))) {
            return false;
        }
        int close = sql.indexOf(tag, end + 1);
        tokens.add(new Token(Kind.LITERAL, sql.substring(end + 1, close < 0 ? sql.length() : close)));
        at = close < 0 ? sql.length() : close + tag.length();
        return true;
    }
}
