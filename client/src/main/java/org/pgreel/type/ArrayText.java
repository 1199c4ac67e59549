package org.pgreel.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of an array: {@code {{1,2},{NULL,"a b"}}}, after {@code [0:1][1:2]=} where a lower bound is not 1. */
final class ArrayText {
    private static final int UNKNOWN = -1;
    private static final String NULL = "NULL";

    private final String text;
    private final char delimiter;
    private final List<@Nullable String> elements = new ArrayList<>();
    /** How many parts the braces of each depth hold, as far as known. */
    private final int[] lengths = new int[PgArray.DIMENSIONS_MAX];

    private int dimensions;
    private int at;

    ArrayText(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    PgArray<String> parse() {
        List<int[]> bounds = text.startsWith("[") ? bounds() : List.of();
        java.util.Arrays.fill(lengths, UNKNOWN);
        if (text.startsWith("{}", at) && at + 2 == text.length() && bounds.isEmpty()) {
            return PgArray.of();
        }
        braces(0);
        if (at != text.length()) {
            throw malformed("text behind the array");
        }
        int[] found = java.util.Arrays.copyOf(lengths, dimensions);
        int[] lowerBounds = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            boolean given = i < bounds.size();
            lowerBounds[i] = given ? bounds.get(i)[0] : 1;
            if (given && (long) bounds.get(i)[1] - lowerBounds[i] + 1 != found[i] || bounds.size() > dimensions) {
                throw malformed("bounds that do not fit the elements");
            }
        }
        return new PgArray<>(Collections.unmodifiableList(elements), found, lowerBounds);
    }

    /** {@code [0:1][-3:2]=}. */
    private List<int[]> bounds() {
        List<int[]> bounds = new ArrayList<>();
        while (accept('[')) {
            int lower = number();
            expect(':');
            bounds.add(new int[] {lower, number()});
            expect(']');
        }
        expect('=');
        if (bounds.size() > PgArray.DIMENSIONS_MAX) {
            throw malformed("more than 6 dimensions");
        }
        return bounds;
    }

    private int number() {
        int from = at;
        while (at < text.length() && (Ascii.isDigit(text.charAt(at)) || at == from && text.charAt(at) == '-')) {
            at++;
        }
        int number = Int4Codec.INSTANCE.parse(text.substring(from, at));
        if (number == Integer.MAX_VALUE) {
            throw malformed("an index beyond 32 bits");
        }
        return number;
    }

    private void braces(int depth) {
        if (depth == PgArray.DIMENSIONS_MAX) {
            throw malformed("more than 6 dimensions");
        }
        expect('{');
        boolean inner = text.startsWith("{", at);
        if (!inner && dimensions == 0) {
            dimensions = depth + 1;
        }
        if (inner == (dimensions == depth + 1)) {
            throw malformed("parts of different depth");
        }
        int count = 0;
        do {
            if (inner) {
                braces(depth + 1);
            } else {
                elements.add(element());
            }
            count++;
        } while (accept(delimiter));
        expect('}');
        if (lengths[depth] != UNKNOWN && lengths[depth] != count) {
            throw malformed("parts of different length");
        }
        lengths[depth] = count;
    }

    private @Nullable String element() {
        if (accept('"')) {
            return quoted();
        }
        var element = new StringBuilder();
        boolean escaped = false;
        while (at < text.length() && text.charAt(at) != delimiter && text.charAt(at) != '}') {
            char c = text.charAt(at++);
            if (c == '"' || c == '{') {
                throw malformed("a quote or brace in the midst of an element");
            } else if (c == '\\' && at < text.length()) {
                escaped = true;
                c = text.charAt(at++);
            }
            element.append(c);
        }
        if (element.length() == 0) {
            throw malformed("an element without text");
        }
        String found = element.toString();
        return !escaped && found.equalsIgnoreCase(NULL) ? null : found;
    }

    private String quoted() {
        var element = new StringBuilder();
        while (!accept('"')) {
            at += text.startsWith("\\", at) ? 1 : 0;
            if (at >= text.length()) {
                throw malformed("a quote without its end");
            }
            element.append(text.charAt(at++));
        }
        return element.toString();
    }

    private boolean accept(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw malformed("no " + c);
        }
    }

    private MalformedValueException malformed(String reason) {
        return new MalformedValueException("at character " + at + ": " + reason);
    }

    static String print(PgArray<String> array, char delimiter) {
        var out = new StringBuilder();
        if (!array.beginsAtOne()) {
            for (int i = 0; i < array.dimensions(); i++) {
                int lower = array.lowerBound(i);
                out.append('[')
                        .append(lower)
                        .append(':')
                        .append(lower + array.length(i) - 1)
                        .append(']');
            }
            out.append('=');
        }
        print(array, delimiter, 0, 0, out);
        return out.toString();
    }

    /** Writes the part that begins at the element; returns the element behind it. */
    private static int print(PgArray<String> array, char delimiter, int depth, int from, StringBuilder out) {
        int next = from;
        out.append('{');
        int length = array.dimensions() == 0 ? 0 : array.length(depth);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.append(delimiter);
            }
            if (depth + 1 < array.dimensions()) {
                next = print(array, delimiter, depth + 1, next, out);
            } else {
                print(array.elements().get(next++), delimiter, out);
            }
        }
        out.append('}');
        return next;
    }

    private static void print(@Nullable String element, char delimiter, StringBuilder out) {
        if (element == null) {
            out.append(NULL);
        } else if (needsQuotes(element, delimiter)) {
            out.append('"')
                    .append(element.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        } else {
            out.append(element);
        }
    }

    private static boolean needsQuotes(String element, char delimiter) {
        return element.isEmpty()
                || element.equalsIgnoreCase(NULL)
                || element.chars().anyMatch(c -> c == delimiter || "{}\"\\".indexOf(c) >= 0 || Ascii.isSpace((char) c));
    }
}
