package org.pgreel.scenarios.file;

import java.util.List;
import java.util.Map;

/** A part of a YAML document that knows where it stands. Immutable. */
sealed interface YamlNode {
    /** Returns the line, 1 being the first. */
    int line();

    /** Returns the column, 1 being the first. */
    int column();

    /** Returns what the part is, as a sentence names it. */
    String what();

    /** How a scalar is spelled, and what YAML takes it for. */
    enum Style {
        /** Without quotes, and nothing but text. */
        PLAIN,
        /** In quotes. */
        QUOTED,
        /** {@code |}: the lines as they stand. */
        LITERAL,
        /** {@code >}: the lines joined. */
        FOLDED,
        /** Without quotes, and a number. */
        NUMBER,
        /** Without quotes, and true or false. */
        BOOLEAN,
        /** Nothing, or without quotes what means nothing. */
        NULL
    }

    /**
     * One value.
     *
     * @param text as YAML reads it; of a number, as it is spelled
     */
    record Scalar(String text, Style style, int line, int column) implements YamlNode {
        @Override
        public String what() {
            return style == Style.NULL ? "nothing" : "\"" + text + "\"";
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
        @Override
        public String what() {
            return "a list";
        }
    }

    /** Keys with their values, in the file's order. */
    record Mapping(Map<String, Entry> entries, int line, int column) implements YamlNode {
        @Override
        public String what() {
            return "keys with values";
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, YamlNode value) {}
}
