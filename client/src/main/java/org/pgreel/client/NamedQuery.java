package org.pgreel.client;

import java.util.List;
import java.util.Objects;

/**
 * The execution of a statement that was prepared before, by {@link Session#prepare} or by SQL's {@code PREPARE}.
 *
 * @param name the prepared statement's name; not empty, without NUL
 * @param parameters the values of its parameters in order; at most 65,535
 * @param binaryResults whether result columns are asked for in binary format; otherwise in text
 */
public record NamedQuery(String name, List<Parameter> parameters, boolean binaryResults) implements ExtendedQuery {

    /** Checks what the wire cannot carry. */
    public NamedQuery {
        requireName(name);
        parameters = List.copyOf(parameters);
        ParameterizedQuery.requireCount(parameters);
    }

    /**
     * Returns the execution with results in text format.
     *
     * @param name the prepared statement's name
     * @param parameters the values of its parameters, in order
     */
    public static NamedQuery of(String name, List<Parameter> parameters) {
        return new NamedQuery(name, parameters, false);
    }

    /** Returns the same execution with results in binary format. */
    public NamedQuery withBinaryResults() {
        return new NamedQuery(name, parameters, true);
    }

    private static void requireName(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "the prepared statement's name is empty: the unnamed one is the client's own");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the prepared statement's name holds a NUL, which ends a string on the wire");
        }
    }
}
