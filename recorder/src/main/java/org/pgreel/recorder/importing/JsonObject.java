package org.pgreel.recorder.importing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object (RFC 8259) as maps, lists, strings and numbers; small, because lines of an export are all it reads. */
final class JsonObject {

    private static final int DEPTH_MAX = 16;

    private final String text;
    private int at;
    private int depth;

    private JsonObject(String text) {
        this.text = text;
    }

    /** Reads a line; what is wrong is an {@link ImportException} without the place. */
    static Map<String, Object> read(String line) {
        var json = new JsonObject(line);
        json.blanks();
        if (json.peek() != '{') {
            throw json.wrong("an object was expected");
        }
        Map<String, Object> object = json.object();
        json.blanks();
        if (json.at < line.length()) {
            throw json.wrong("something stands behind the object");
        }
        return object;
    }

    private ImportException wrong(String what) {
        return new ImportException(what + " at character " + (at + 1));
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            at++;
        }
    }

    private void expect(char c) {
        blanks();
        if (peek() != c) {
            throw wrong("'" + c + "' was expected");
        }
        at++;
    }

    private Object value() {
        blanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        enter();
        expect('{');
        Map<String, Object> members = new LinkedHashMap<>();
        blanks();
        boolean more = peek() != '}';
        while (more) {
            blanks();
            String name = string();
            expect(':');
            members.put(name, value());
            blanks();
            more = peek() == ',';
            at += more ? 1 : 0;
        }
        expect('}');
        depth--;
        return members;
    }

    private List<Object> array() {
        enter();
        expect('[');
        List<Object> values = new ArrayList<>();
        blanks();
        boolean more = peek() != ']';
        while (more) {
            values.add(value());
            blanks();
            more = peek() == ',';
            at += more ? 1 : 0;
        }
        expect(']');
        depth--;
        return values;
    }

    private void enter() {
        depth++;
        if (depth > DEPTH_MAX) {
            throw wrong("objects stand in each other more than " + DEPTH_MAX + " deep");
        }
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        while (peek() != '"') {
            if (at >= text.length()) {
                throw wrong("a string is not closed");
            }
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> unicode();
            default -> throw wrong("an escape is not one of JSON");
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw wrong("an escape is cut");
        }
        try {
            char c = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return c;
        } catch (NumberFormatException e) {
            throw wrong("an escape is not four digits");
        }
    }

    private Object word() {
        int from = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.equals("true") || word.equals("false") || word.equals("null")) {
            return word;
        }
        try {
            return new BigDecimal(word);
        } catch (NumberFormatException e) {
            throw wrong("a value was expected");
        }
    }
}
