package org.pgreel.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.RowDescription;

/**
 * What the server told of a statement that it prepared. Immutable.
 *
 * @param name the name under which it was prepared
 * @param parameterTypes the type OIDs of its parameters in order, those that the server inferred included
 * @param columns the columns of its rows; null if it gives none. Their format codes say nothing: the format is chosen
 *     at each execution
 */
public record StatementDescription(
        String name, List<Integer> parameterTypes, @Nullable RowDescription columns) {

    /** Keeps its own copy. */
    public StatementDescription {
        Objects.requireNonNull(name, "name");
        parameterTypes = List.copyOf(parameterTypes);
    }
}
