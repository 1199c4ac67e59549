package org.pgreel.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a composite type, or of the type {@code record}: fields that may be NULL. Immutable as far as its values are.
 *
 * @param typeOid the composite type; 2249 for {@code record}
 * @param names the fields' names in order; empty for {@code record}, whose fields have none
 * @param values the fields' values in order, null for NULL
 */
public record PgComposite(int typeOid, List<String> names, List<@Nullable Object> values) {

    /** Refuses names that do not fit the values. */
    public PgComposite {
        names = List.copyOf(names);
        values = Collections.unmodifiableList(new ArrayList<>(values));
        if (!names.isEmpty() && names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names of " + values.size() + " fields");
        }
    }

    /**
     * Returns a value of a composite type.
     *
     * @param type the type
     * @param values its fields' values in order, null for NULL
     */
    public static PgComposite of(PgType type, @Nullable Object... values) {
        List<String> names = type.fields().stream().map(PgType.Field::name).toList();
        return new PgComposite(type.oid(), names, java.util.Arrays.asList(values));
    }

    /**
     * Returns a field's value, null if it is NULL.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public @Nullable Object get(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("the composite has no field " + name + ", but " + names);
        }
        return values.get(index);
    }
}
