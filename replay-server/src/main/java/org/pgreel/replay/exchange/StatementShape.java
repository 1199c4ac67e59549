package org.pgreel.replay.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.RowDescription;

/**
 * What some recording says of a statement without executing it.
 *
 * @param session which recorded session says so
 * @param sql the statement
 * @param given the types that the client gave for its parameters
 * @param parameterTypes the types that the server found; null if nobody asked
 * @param columns the columns of its rows; null if it has none, or nobody asked
 * @param noData whether it is known that it has no rows
 */
record StatementShape(
        int session,
        String sql,
        List<Integer> given,
        @Nullable List<Integer> parameterTypes,
        @Nullable RowDescription columns,
        boolean noData) {

    StatementShape {
        given = List.copyOf(given);
        parameterTypes = parameterTypes == null ? null : List.copyOf(parameterTypes);
    }

    boolean described() {
        return columns != null || noData;
    }
}
