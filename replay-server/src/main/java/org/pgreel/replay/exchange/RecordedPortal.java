package org.pgreel.replay.exchange;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.RowDescription;

/** A portal of a recorded connection, and what is known of its rows so far. */
final class RecordedPortal {
    final RecordedStatement statement;
    final Bind bind;

    @Nullable
    RowDescription columns;

    boolean noData;

    @Nullable
    RecordedExchange exchange;

    RecordedPortal(RecordedStatement statement, Bind bind) {
        this.statement = statement;
        this.bind = bind;
    }
}
