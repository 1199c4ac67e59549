package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value within a row of COPY data: its characters, and where in the row each is written. */
final class CopyField {

    private static final String ESCAPES = "bfnrtv";
    private static final String CONTROLS = "\b\f\n\r\t\u000b";

    /** A character and where it is written. */
    private record Unit(int codePoint, int from, int to) {}

    private final int from;
    private final List<Unit> units = new ArrayList<>();
    private int to;
    private boolean quoted;
    private boolean unusual;

    private CopyField(int from) {
        this.from = from;
    }

    /** Reads the values of a row. */
    static List<CopyField> of(CopyStatement copy, String row) {
        List<CopyField> fields = new ArrayList<>();
        int at = 0;
        while (at <= row.length()) {
            var field = new CopyField(at);
            if (copy.csv()) {
                field.readCsv(copy, row);
            } else {
                field.readText(copy.delimiter(), row);
            }
            fields.add(field);
            at = field.to + 1;
        }
        return fields;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean quoted() {
        return quoted;
    }

    String value() {
        var value = new StringBuilder();
        units.forEach(unit -> value.appendCodePoint(unit.codePoint));
        return value.toString();
    }

    /** Returns how another value is written in the place of this one; null if it cannot be, in as many bytes. */
    @Nullable
    String written(String row, String value) {
        int[] now = value.codePoints().toArray();
        if (unusual || now.length != units.size()) {
            return null;
        }
        var written = new StringBuilder();
        int at = from;
        for (int i = 0; i < now.length; i++) {
            Unit unit = units.get(i);
            written.append(row, at, unit.from);
            if (now[i] == unit.codePoint) {
                written.append(row, unit.from, unit.to);
            } else if (unit.to - unit.from == Character.charCount(unit.codePoint)) {
                written.appendCodePoint(now[i]);
            } else {
                return null;
            }
            at = unit.to;
        }
        return written.append(row, at, to).toString();
    }

    private void readText(char delimiter, String row) {
        int at = from;
        while (at < row.length() && row.charAt(at) != delimiter) {
            int begin = at;
            if (row.charAt(at) == '\\' && at + 1 < row.length()) {
                at = escaped(row, at + 1);
            } else {
                int character = row.codePointAt(at);
                at += Character.charCount(character);
                units.add(new Unit(character, begin, at));
            }
        }
        to = at;
    }

    /** Reads what follows a backslash, as the server's CopyReadAttributesText does. */
    private int escaped(String row, int at) {
        int character = row.codePointAt(at);
        int end = at + Character.charCount(character);
        int control = ESCAPES.indexOf(character);
        if (control >= 0) {
            character = CONTROLS.charAt(control);
        } else if (Character.digit(character, 8) >= 0) {
            end = digits(row, at, at + 3, 8);
            character = Integer.parseInt(row, at, end, 8) & 0xff;
        } else if (character == 'x' && digits(row, at + 1, at + 3, 16) > at + 1) {
            end = digits(row, at + 1, at + 3, 16);
            character = Integer.parseInt(row, at + 1, end, 16);
        }
        // A byte of a character of several, by itself.
        unusual |= end > at + 1 && character >= 0x80;
        units.add(new Unit(character, at - 1, end));
        return end;
    }

    private static int digits(String row, int from, int to, int radix) {
        int at = from;
        while (at < to && at < row.length() && row.charAt(at) < 0x80 && Character.digit(row.charAt(at), radix) >= 0) {
            at++;
        }
        return at;
    }

    private void readCsv(CopyStatement copy, String row) {
        char quote = copy.quote();
        char escape = copy.escape();
        boolean within = false;
        int at = from;
        while (at < row.length() && (within || row.charAt(at) != copy.delimiter())) {
            char c = row.charAt(at);
            char next = at + 1 < row.length() ? row.charAt(at + 1) : 0;
            if (within && c == escape && (next == quote || next == escape) && at + 1 < row.length()) {
                units.add(new Unit(next, at, at + 2));
                at += 2;
            } else if (c == quote) {
                within = !within;
                quoted = true;
                at++;
            } else {
                int character = row.codePointAt(at);
                units.add(new Unit(character, at, at + Character.charCount(character)));
                at += Character.charCount(character);
            }
        }
        to = at;
    }
}
