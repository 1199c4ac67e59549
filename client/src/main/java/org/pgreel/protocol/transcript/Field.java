package org.pgreel.protocol.transcript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the things that stand behind a name in a line. */
public sealed interface Field {
    /** Returns where it begins, 1 being the line's first column; 0 when it was not read from a text. */
    int column();

    /** A value by its position. */
    record Plain(Value value, int column) implements Field {}

    /** {@code name=value}. */
    record Named(String name, Value value, int column) implements Field {}

    /** {@code !name=value}: changed on the wire after encoding. */
    record Overriding(String name, Value value, int column) implements Field {}

    /** {@code name:type/attribute=value…}: a column of a result. */
    record Column(String name, String type, List<Attribute> attributes, int column) implements Field {
        /** Copies the list. */
        public Column {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * An attribute of a column.
     *
     * @param value null for one that is only named
     */
    record Attribute(String name, @Nullable Value value) {}

    /** {@code ...}: the rest may be anything. */
    record Rest(int column) implements Field {}

    /** Returns a field that is only a value. */
    static Field of(Value value) {
        return new Plain(value, 0);
    }

    /** Returns a field with a name. */
    static Field of(String name, Value value) {
        return new Named(name, value, 0);
    }
}
