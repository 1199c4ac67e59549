package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The statements of a Query's text, each as the words that it begins with: enough to tell what it does to prepared
 * statements and channels. It reads as the server's scanner does, quotes and comments included.
 */
final class SqlStatements {

    private static final int WORDS_MAX = 4;

    private final String sql;
    private final List<List<String>> statements = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private boolean anything;
    private int at;

    private SqlStatements(String sql) {
        this.sql = sql;
    }

    /** Returns the first words of each statement that is not empty; names without quotes in small letters. */
    static List<List<String>> of(String sql) {
        SqlStatements reader = new SqlStatements(sql);
        while (reader.at < sql.length()) {
            reader.token();
        }
        reader.end();
        return reader.statements;
    }

    private void token() {
        char c = sql.charAt(at);
        if (c == ';') {
            at++;
            end();
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int line = sql.indexOf('\n', at);
            at = line < 0 ? sql.length() : line + 1;
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else {
            anything = true;
            something(c);
        }
    }

    private void something(char c) {
        if (c == '\'') {
            boolean escapes = at > 0 && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e');
            quoted('\'', escapes);
        } else if (c == '"') {
            int from = at + 1;
            quoted('"', false);
            word(sql.substring(from, Math.max(from, at - 1)).replace("\"\"", "\""));
        } else if (c == '$' && dollarQuoted()) {
            word("$");
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            int from = at;
            while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
                at++;
            }
            word(sql.substring(from, at).toLowerCase(Locale.ROOT));
        } else {
            at++;
            word(String.valueOf(c));
        }
    }

    private void word(String word) {
        if (words.size() < WORDS_MAX) {
            words.add(word);
        }
    }

    private void end() {
        if (anything) {
            statements.add(words);
        }
        words = new ArrayList<>();
        anything = false;
    }

    private void comment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private void quoted(char quote, boolean escapes) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (escapes && c == '\\') {
                at++;
            } else if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else {
                    return;
                }
            }
        }
    }

    /** Steps over {@code $tag$ … $tag$}; a parameter such as {@code $1} is none. */
    private boolean dollarQuoted() {
        int end = sql.indexOf('$', at + 1);
        if (end < 0 || !tag(sql.substring(at + 1, end))) {
            return false;
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        at = close < 0 ? sql.length() : close + tag.length();
        return true;
    }

    private static boolean tag(String name) {
        return name.isEmpty()
                || !Character.isDigit(name.charAt(0)) && name.chars().allMatch(Character::isJavaIdentifierPart);
    }
}
