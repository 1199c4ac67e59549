package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.redaction.SqlTokens.Kind;
import org.pgreel.recorder.redaction.SqlTokens.Token;

/**
 * A COPY from or to the client, as far as it tells how its data is written.
 *
 * @param in whether the client sends the data
 * @param columns the columns that it names; null if it names none
 * @param format {@code text}, {@code csv} or {@code binary}, or another that no server has
 * @param options what else it says of the form, by the options' names in small letters
 */
record CopyStatement(boolean in, @Nullable List<String> columns, String format, Map<String, String> options) {

    /** Words of the form of options that has no parentheses, and take a value. */
    private static final List<String> VALUED =
            List.of("delimiter", "delimiters", "null", "quote", "escape", "encoding");

    /** Returns the COPYs in the text of a Query, in their order. */
    static List<CopyStatement> of(String sql) {
        List<CopyStatement> all = new ArrayList<>();
        List<Token> statement = new ArrayList<>();
        for (Token token : SqlTokens.of(sql)) {
            if (token.is(";")) {
                add(statement, all);
                statement.clear();
            } else {
                statement.add(token);
            }
        }
        add(statement, all);
        return all;
    }

    private static void add(List<Token> statement, List<CopyStatement> all) {
        CopyStatement copy = new Reading(statement).copy();
        if (copy != null) {
            all.add(copy);
        }
    }

    boolean binary() {
        return format.equals("binary");
    }

    boolean csv() {
        return format.equals("csv");
    }

    /** Tells whether the first line is one of names. */
    boolean header() {
        String said = options.get("header");
        return said != null && !List.of("false", "off", "0").contains(said);
    }

    char delimiter() {
        return character("delimiter", csv() ? ',' : '\t');
    }

    char quote() {
        return character("quote", '"');
    }

    char escape() {
        return character("escape", quote());
    }

    private char character(String option, char otherwise) {
        String said = options.get(option);
        return said == null || said.isEmpty() ? otherwise : said.charAt(0);
    }

    /** What stands for NULL. */
    String nullText() {
        String said = options.get("null");
        return said != null ? said : csv() ? "" : "\\N";
    }

    /** Tells whether what is written is no value: NULL, or the default of its column. */
    boolean isMark(String written) {
        return written.equals(nullText()) || written.equals(options.get("default"));
    }

    /** Tells whether values can be found in its data and others of their form be written in their places. */
    boolean legible() {
        if (binary()) {
            return true;
        }
        boolean known = csv() || format.equals("text");
        String encoding = options.getOrDefault("encoding", "utf8").toLowerCase(Locale.ROOT);
        return known
                && !Character.isLetterOrDigit(delimiter())
                && !Character.isLetterOrDigit(quote())
                && !Character.isLetterOrDigit(escape())
                && !encoding.matches("big5|gb.*|johab|sjis|shift.*|uhc|ms936|win936|ms949|win949|ms932|win932");
    }

    /** Reads one statement. */
    private static final class Reading {

        private static final Token END = new Token(Kind.SYMBOL, "");

        private final List<Token> tokens;
        private final Map<String, String> options = new HashMap<>();
        private int at;

        Reading(List<Token> tokens) {
            this.tokens = tokens;
        }

        private Token peek() {
            return at < tokens.size() ? tokens.get(at) : END;
        }

        private boolean skip(String word) {
            boolean there = peek().word(word) || peek().is(word);
            at += there ? 1 : 0;
            return there;
        }

        @Nullable
        CopyStatement copy() {
            if (!skip("copy")) {
                return null;
            }
            if (skip("binary")) {
                options.put("format", "binary");
            }
            List<String> columns = null;
            if (peek().is("(")) {
                parentheses();
            } else {
                at++;
                while (skip(".")) {
                    at++;
                }
                columns = peek().is("(") ? names(parentheses()) : null;
            }
            boolean in = skip("from");
            if (!in && !skip("to") || !(skip("stdin") || skip("stdout"))) {
                return null;
            }
            options();
            return new CopyStatement(in, columns, options.getOrDefault("format", "text"), Map.copyOf(options));
        }

        private List<Token> parentheses() {
            int from = at + 1;
            int depth = 0;
            do {
                depth += peek().is("(") ? 1 : peek().is(")") ? -1 : 0;
                at++;
            } while (depth > 0 && at < tokens.size());
            return tokens.subList(Math.min(from, at), Math.max(Math.min(from, at), at - 1));
        }

        private static List<String> names(List<Token> list) {
            return list.stream()
                    .filter(each -> each.kind() == Kind.NAME)
                    .map(Token::text)
                    .toList();
        }

        private void options() {
            skip("using");
            skip("with");
            if (peek().is("(")) {
                inParentheses(parentheses());
                return;
            }
            while (at < tokens.size() && !peek().word("where")) {
                String word = tokens.get(at++).text();
                if (word.equals("csv") || word.equals("binary")) {
                    options.put("format", word);
                } else if (word.equals("header")) {
                    options.put(word, "true");
                } else if (VALUED.contains(word)) {
                    skip("as");
                    options.put(word.equals("delimiters") ? "delimiter" : word, peek().text());
                    at++;
                }
            }
        }

        /** Each option is a word and, at most, a value. */
        private void inParentheses(List<Token> list) {
            int depth = 0;
            String option = null;
            for (Token token : list) {
                depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
                if (depth == 0 && token.is(",")) {
                    option = null;
                } else if (depth == 0 && option == null) {
                    option = token.text();
                    options.put(option, "true");
                } else if (depth == 0 && option != null && !token.is(")")) {
                    options.put(option, option.equals("format") ? token.text().toLowerCase(Locale.ROOT) : token.text());
                }
            }
        }
    }
}
