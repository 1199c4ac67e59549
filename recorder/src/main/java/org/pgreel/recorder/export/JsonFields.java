package org.pgreel.recorder.export;

import java.util.List;
import java.util.Map;

/** One JSON object on a line, made member by member; deterministic, and ASCII alone. */
final class JsonFields {

    private final StringBuilder json = new StringBuilder("{");

    JsonFields put(String name, String text) {
        name(name);
        text(text);
        return this;
    }

    JsonFields put(String name, long number) {
        name(name);
        json.append(number);
        return this;
    }

    JsonFields put(String name, Map<String, String> texts) {
        name(name);
        json.append('{');
        String comma = "";
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            json.append(comma);
            text(entry.getKey());
            json.append(':');
            text(entry.getValue());
            comma = ",";
        }
        json.append('}');
        return this;
    }

    /** Adds an array of texts and numbers. */
    JsonFields put(String name, List<?> values) {
        name(name);
        json.append('[');
        String comma = "";
        for (Object value : values) {
            json.append(comma);
            if (value instanceof Number) {
                json.append(value);
            } else {
                text(value.toString());
            }
            comma = ",";
        }
        json.append(']');
        return this;
    }

    private void name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        text(name);
        json.append(':');
    }

    private void text(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
