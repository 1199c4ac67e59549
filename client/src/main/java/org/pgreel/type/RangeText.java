package org.pgreel.type;

import org.jspecify.annotations.Nullable;

/** The text of a range: {@code empty}, or {@code [1,"a b")} with quotes and backslashes as in a composite. */
final class RangeText {
    private static final String EMPTY = "empty";

    private final String text;
    private int at;

    private RangeText(String text, int from) {
        this.text = text;
        this.at = from;
    }

    static PgRange<String> parse(String text) {
        var in = new RangeText(text, 0);
        PgRange<String> range = in.range();
        if (in.at != text.length()) {
            throw malformed("text behind the range");
        }
        return range;
    }

    /** Returns where the range ends (exclusive) that begins there. */
    static int end(String text, int from) {
        var in = new RangeText(text, from);
        in.range();
        return in.at;
    }

    private PgRange<String> range() {
        if (text.startsWith(EMPTY, at)) {
            at += EMPTY.length();
            return PgRange.empty();
        }
        char open = next();
        String lower = bound();
        char comma = next();
        String upper = bound();
        char close = next();
        if (open != '[' && open != '(' || comma != ',' || close != ']' && close != ')') {
            throw malformed("no bounds in brackets");
        }
        return new PgRange<>(lower, upper, lower != null && open == '[', upper != null && close == ']', false);
    }

    private char next() {
        if (at == text.length()) {
            throw malformed("the range has no end");
        }
        return text.charAt(at++);
    }

    /** Reads a bound; no text at all is none. */
    private @Nullable String bound() {
        int from = at;
        boolean quoted = false;
        var bound = new StringBuilder();
        while (at < text.length() && (quoted || ",)]".indexOf(text.charAt(at)) < 0)) {
            char c = next();
            if (c == '\\') {
                bound.append(next());
            } else if (c != '"') {
                bound.append(c);
            } else if (quoted && text.startsWith("\"", at)) {
                bound.append(next());
            } else {
                quoted = !quoted;
            }
        }
        return at == from ? null : bound.toString();
    }

    private static MalformedValueException malformed(String reason) {
        return new MalformedValueException(reason);
    }

    static String print(PgRange<String> range) {
        return range.isEmpty()
                ? EMPTY
                : (range.lowerInclusive() ? "[" : "(")
                        + print(range.lower())
                        + ","
                        + print(range.upper())
                        + (range.upperInclusive() ? "]" : ")");
    }

    private static String print(@Nullable String bound) {
        if (bound == null) {
            return "";
        }
        boolean quoted =
                bound.isEmpty() || bound.chars().anyMatch(c -> "()[],\"\\".indexOf(c) >= 0 || Ascii.isSpace((char) c));
        return quoted ? '"' + bound.replace("\\", "\\\\").replace("\"", "\"\"") + '"' : bound;
    }
}
