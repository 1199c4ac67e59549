package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.QueryResults;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Query;

/** A simple query. */
final class SimpleQueryOperation extends Operation<QueryResults> {

    SimpleQueryOperation(String sql) {
        this(sql, null);
    }

    SimpleQueryOperation(String sql, @Nullable RowDelivery rows) {
        super(sql, List.of(new Query(sql)), rows);
    }

    @Override
    String kind() {
        return "simple-query";
    }

    /** Any statement may turn out to be COPY FROM STDIN, which takes whatever comes next for its data. */
    @Override
    boolean leavesRoomBehind() {
        return false;
    }

    @Override
    boolean commitsBehindCompletion() {
        return false;
    }

    @Override
    QueryResults result() {
        return new QueryResults(results().results());
    }

    @Override
    void copyInAsked(Outbound outbound) {
        outbound.send(new CopyFail("no data was given for COPY FROM STDIN: use copyIn"));
    }
}
