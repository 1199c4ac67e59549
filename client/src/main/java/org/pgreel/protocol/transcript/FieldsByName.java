package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a message under their names, so that what is expected can be compared with what came.
 *
 * @param message the message's name
 * @param values each field that is given, or that the message has; not the spread one
 * @param spread the fields of the last, repeated field
 * @param spreadName its name; "" when the message has none
 * @param defaults the names of the fields that have their default; empty for what is expected
 * @param overrides {@code !name=value}
 * @param open whether {@code ...} leaves the rest free
 */
public record FieldsByName(
        String message,
        Map<String, Value> values,
        List<Field> spread,
        String spreadName,
        Set<String> defaults,
        List<Field.Overriding> overrides,
        boolean open) {
    /** Copies the collections. */
    public FieldsByName {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        spread = List.copyOf(spread);
        defaults = Set.copyOf(defaults);
        overrides = List.copyOf(overrides);
    }

    /** Collects them. */
    static final class Builder {
        private final String message;
        private final Map<String, Value> values = new LinkedHashMap<>();
        private final List<Field> spread = new ArrayList<>();
        private final Set<String> defaults = new LinkedHashSet<>();
        private final List<Field.Overriding> overrides = new ArrayList<>();
        private String spreadName = "";
        private boolean open;

        Builder(String message) {
            this.message = message;
        }

        Builder value(String name, Value value, boolean isDefault) {
            values.put(name, value);
            if (isDefault) {
                defaults.add(name);
            }
            return this;
        }

        Builder spread(String name, List<Field> fields) {
            spreadName = name;
            spread.addAll(fields);
            return this;
        }

        Builder override(Field.Overriding override) {
            overrides.add(override);
            return this;
        }

        Builder open() {
            open = true;
            return this;
        }

        FieldsByName build() {
            return new FieldsByName(message, values, spread, spreadName, defaults, overrides, open);
        }
    }
}
