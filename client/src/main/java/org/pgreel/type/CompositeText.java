package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a composite: {@code (1,"a b",)}; no text at all is NULL, a quote or backslash is doubled. */
final class CompositeText {
    private CompositeText() {}

    static List<@Nullable String> parse(String text) {
        if (text.length() < 2 || text.charAt(0) != '(' || text.charAt(text.length() - 1) != ')') {
            throw new MalformedValueException("no parentheses around the fields");
        }
        List<@Nullable String> fields = new ArrayList<>();
        int at = 1;
        int end = text.length() - 1;
        while (true) {
            var field = new StringBuilder();
            int next = field(text, at, end, field);
            fields.add(next == at ? null : field.toString());
            if (next == end) {
                return fields;
            }
            at = next + 1;
        }
    }

    /** Reads a field up to its comma or the end; quotes may begin and end anywhere in it. */
    private static int field(String text, int from, int end, StringBuilder out) {
        boolean quoted = false;
        int at = from;
        while (at < end && (quoted || text.charAt(at) != ',')) {
            char c = text.charAt(at++);
            if (c == '\\') {
                if (at == end) {
                    throw new MalformedValueException("a backslash without a character behind it");
                }
                out.append(text.charAt(at++));
            } else if (c != '"') {
                if (!quoted && (c == '(' || c == ')')) {
                    throw new MalformedValueException("a parenthesis outside of quotes");
                }
                out.append(c);
            } else if (quoted && at < end && text.charAt(at) == '"') {
                out.append(c);
                at++;
            } else {
                quoted = !quoted;
            }
        }
        if (quoted) {
            throw new MalformedValueException("a quote without its end");
        }
        return at;
    }

    static String print(List<@Nullable String> fields) {
        var out = new StringBuilder("(");
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            out.append(i > 0 ? "," : "");
            if (field != null && needsQuotes(field)) {
                out.append('"')
                        .append(field.replace("\\", "\\\\").replace("\"", "\"\""))
                        .append('"');
            } else if (field != null) {
                out.append(field);
            }
        }
        return out.append(')').toString();
    }

    private static boolean needsQuotes(String field) {
        return field.isEmpty() || field.chars().anyMatch(c -> ",()\"\\".indexOf(c) >= 0 || Ascii.isSpace((char) c));
    }
}
