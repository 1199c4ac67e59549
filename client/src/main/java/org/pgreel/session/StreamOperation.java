package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Sync;

/**
 * A statement whose rows come in windows: Parse, Bind, Describe, Execute and Flush; Execute and Flush for each further
 * window; one Sync when all rows came, when the application stops, or when anything fails, for without it the server would
 * wait forever.
 */
final class StreamOperation extends Operation<QueryResult> {

    private static final String UNNAMED = "";
    private static final Flush FLUSH = new Flush();
    private static final Sync SYNC = new Sync();

    private final Execute execute;
    private final RowDelivery rows;
    private long asked;
    private boolean suspended;
    private boolean synced;

    private StreamOperation(String sql, List<FrontendMessage> messages, Execute execute, RowDelivery rows) {
        super(sql, messages, rows);
        this.execute = execute;
        this.rows = rows;
    }

    static StreamOperation of(ParameterizedQuery query, int window, RowDelivery rows) {
        Execute execute = new Execute(UNNAMED, window);
        List<FrontendMessage> messages = new ArrayList<>(ParameterizedQueryOperation.binding(query));
        messages.add(execute);
        messages.add(FLUSH);
        return new StreamOperation(query.sql(), messages, execute, rows);
    }

    @Override
    String kind() {
        return "stream";
    }

    /** Nothing may come between its portal and its Sync. */
    @Override
    boolean leavesRoomBehind() {
        return synced;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    /** The application wants one more window. */
    void fetch() {
        asked++;
    }

    @Override
    void begin(Outbound outbound) {
        if (rows.isStopped()) {
            synced = true;
            outbound.send(this, List.of(SYNC));
        } else {
            super.begin(outbound);
        }
    }

    @Override
    void proceed(Outbound outbound) {
        if (synced) {
            return;
        }
        if (rows.isOver() || results().isComplete()) {
            synced = true;
            outbound.send(SYNC);
        } else if (suspended && asked > 0) {
            asked--;
            suspended = false;
            outbound.send(execute);
            outbound.send(FLUSH);
        }
    }

    @Override
    void suspended() {
        suspended = true;
        rows.suspended();
    }

    @Override
    void copyInAsked(Outbound outbound) {
        outbound.send(new CopyFail("COPY FROM STDIN cannot be streamed: use copyIn"));
        if (synced) {
            // The Sync of a stop was read during the COPY and so swallowed; this one brings the ReadyForQuery.
            outbound.send(SYNC);
        }
    }

    @Override
    boolean isAnswered() {
        return super.isAnswered() || (synced && rows.isOver());
    }

    @Override
    QueryResult result() {
        return results().isComplete() ? results().results().get(0) : results().unfinished();
    }
}
