package org.pgreel.session;

import java.util.Locale;
import java.util.Set;

/**
 * Reads as much of SQL text as the core must know: how it begins, and whether it could have committed something before
 * it failed.
 *
 * <p>It looks at the first word of each statement, outside quotes and comments.
 */
final class SqlText {

    /** Statements that begin or end transactions, and those that commit on their own as they go. */
    private static final Set<String> CONTROL = Set.of(
            "ABORT",
            "BEGIN",
            "COMMIT",
            "END",
            "PREPARE",
            "RELEASE",
            "ROLLBACK",
            "SAVEPOINT",
            "START", // transactions
            "CALL",
            "CLUSTER",
            "DO",
            "EXECUTE",
            "REINDEX",
            "VACUUM");

    private static final Set<String> PLANNABLE =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE");

    private final String sql;
    private int position;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /**
     * Tells whether a statement of the text controls transactions, or may commit on its own. It is on the safe side: what
     * it cannot follow counts as control. Asked only of operations that have failed.
     *
     * @param sql one or more statements
     */
    static boolean controlsTransactions(String sql) {
        return new SqlText(sql).find();
    }

    /**
     * Returns how many statements the text holds, at least 1. It is on the safe side: the server finds as many or more.
     *
     * @param sql one or more statements
     */
    static int statementsAtLeast(String sql) {
        return Math.max(1, new SqlText(sql).count());
    }

    /**
     * Returns the first word of the text in upper case, behind blanks and comments; empty if it begins otherwise.
     *
     * @param sql one or more statements
     */
    static String firstWord(String sql) {
        SqlText text = new SqlText(sql);
        while (text.position < sql.length()) {
            char c = sql.charAt(text.position);
            if (beginsWord(c)) {
                return text.word();
            }
            if (!text.isBlank(c) || !text.skipped(c)) {
                return "";
            }
        }
        return "";
    }

    /**
     * Tells whether the text is one statement that the server makes a plan for, so that preparing it saves something, and
     * whose columns do not change unless the server says so.
     *
     * @param sql one statement
     */
    static boolean isPlannable(String sql) {
        return PLANNABLE.contains(firstWord(sql));
    }

    private boolean find() {
        boolean first = true;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == ';') {
                first = true;
                position++;
            } else if (beginsWord(c)) {
                String word = word();
                if ((first && CONTROL.contains(word)) || word.equals("CONCURRENTLY")) {
                    return true;
                }
                first = false;
            } else if (!skipped(c)) {
                return true;
            } else if (!Character.isWhitespace(c) && c != '(' && c != '-' && c != '/') {
                first = false;
            }
        }
        return false;
    }

    private int count() {
        int ended = 0;
        int parentheses = 0;
        boolean begun = false;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (beginsWord(c)) {
                begun = true;
                if (word().equals("ATOMIC")) {
                    // The body of a function may follow, whose statements are not the text's.
                    return ended + 1;
                }
                continue;
            }
            boolean separates = c == ';' && parentheses == 0;
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (separates) {
                ended += begun ? 1 : 0;
                begun = false;
            } else {
                begun |= !isBlank(c);
            }
            if (!skipped(c)) {
                return ended;
            }
        }
        return ended + (begun ? 1 : 0);
    }

    private boolean isBlank(char c) {
        return Character.isWhitespace(c) || sql.startsWith("--", position) || sql.startsWith("/*", position);
    }

    private String word() {
        int from = position;
        while (position < sql.length() && continuesWord(sql.charAt(position))) {
            position++;
        }
        return sql.substring(from, position).toUpperCase(Locale.ROOT);
    }

    /** To the server all that is not ASCII is a letter. */
    private static boolean beginsWord(char c) {
        return Character.isLetter(c) || c == '_' || c > 127;
    }

    /** Inside a word a dollar sign is part of it and begins no quote. */
    private static boolean continuesWord(char c) {
        return beginsWord(c) || Character.isDigit(c) || c == '$';
    }

    /** Passes over what begins here; false if its end is missing. */
    private boolean skipped(char c) {
        if (c == '\'' || c == '"') {
            return skipQuoted(c);
        }
        if (sql.startsWith("--", position)) {
            skipLineComment();
            return true;
        }
        if (sql.startsWith("/*", position)) {
            return skipComment();
        }
        if (c == '$' && !isParameter()) {
            return skipDollarQuoted();
        }
        position++;
        return true;
    }

    /** A backslash is passed over with what follows, as in E'…'; elsewhere that errs to the safe side. */
    private boolean skipQuoted(char quote) {
        for (int at = position + 1; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\' && quote == '\'') {
                return false;
            }
            if (c == quote) {
                position = at + 1;
                return true;
            }
        }
        return false;
    }

    /** The server ends it at a line feed or a carriage return, whichever comes first. */
    private void skipLineComment() {
        while (position < sql.length() && sql.charAt(position) != '\n' && sql.charAt(position) != '\r') {
            position++;
        }
    }

    private boolean skipComment() {
        int depth = 0;
        for (int at = position; at < sql.length() - 1; at++) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at++;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at++;
                if (depth == 0) {
                    position = at + 1;
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isParameter() {
        return position + 1 < sql.length() && Character.isDigit(sql.charAt(position + 1));
    }

    private boolean skipDollarQuoted() {
        int tagEnd = sql.indexOf('$', position + 1);
        if (tagEnd < 0) {
            return false;
        }
        String tag = sql.substring(position, tagEnd + 1);
        int end = sql.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            return false;
        }
        position = end + tag.length();
        return true;
    }
}
