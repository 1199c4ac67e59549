package org.pgreel.client;

import java.util.List;
import java.util.Objects;

/**
 * One statement with its parameters, for the extended query protocol.
 *
 * @param sql the statement, with {@code $1}, {@code $2} … where the parameters go
 * @param parameters their values in order; at most 65,535
 * @param binaryResults whether result columns are asked for in binary format; otherwise in text
 */
public record ParameterizedQuery(String sql, List<Parameter> parameters, boolean binaryResults)
        implements ExtendedQuery {

    /** The protocol counts parameters in 16 bits. */
    private static final int PARAMETERS_MAX = 65_535;

    /** Checks what the wire cannot carry. */
    public ParameterizedQuery {
        Objects.requireNonNull(sql, "sql");
        parameters = List.copyOf(parameters);
        if (sql.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the SQL text holds a NUL, which ends a string on the wire");
        }
        requireCount(parameters);
    }

    static void requireCount(List<Parameter> parameters) {
        if (parameters.size() > PARAMETERS_MAX) {
            throw new IllegalArgumentException(
                    parameters.size() + " parameters exceed the protocol's " + PARAMETERS_MAX + ": pass an array");
        }
    }

    /**
     * Returns the query with results in text format.
     *
     * @param sql the statement
     * @param parameters the values of its parameters, in order
     */
    public static ParameterizedQuery of(String sql, List<Parameter> parameters) {
        return new ParameterizedQuery(sql, parameters, false);
    }

    /** Returns the same query with results in binary format. */
    public ParameterizedQuery withBinaryResults() {
        return new ParameterizedQuery(sql, parameters, true);
    }
}
