package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Sync;

/**
 * A statement whose rows come in windows: Parse (unless it is prepared), Bind, Describe, Execute and Flush; Execute and Flush for each further
 * window; one Sync when all rows came, when the application stops, or when anything fails, for without it the server would
 * wait forever.
 */
final class StreamOperation extends Operation<QueryResult> {

    private static final String UNNAMED = "";
    private static final Flush FLUSH = new Flush();
    private static final Sync SYNC = new Sync();

    private final Execute execute;
    private final RowDelivery rows;
    private final @Nullable String name;
    private final Statements statements;
    private long asked;
    private boolean suspended;
    private boolean synced;

    /**
     * Creates it.
     *
     * @param statements what is known of prepared statements
     * @throws IllegalArgumentException if it cannot be sent
     */
    StreamOperation(ExtendedQuery query, int window, RowDelivery rows, Statements statements) {
        super(query instanceof ParameterizedQuery unnamed ? unnamed.sql() : "", messages(query, window), rows);
        this.execute = new Execute(UNNAMED, window);
        this.rows = rows;
        this.name = query instanceof NamedQuery named ? named.name() : null;
        this.statements = statements;
    }

    private static List<FrontendMessage> messages(ExtendedQuery query, int window) {
        List<FrontendMessage> messages = new ArrayList<>(ExecutionOperation.binding(query));
        messages.add(new Execute(UNNAMED, window));
        messages.add(FLUSH);
        return messages;
    }

    @Override
    String sql() {
        String prepared = name == null ? null : statements.sqlOf(name);
        return name == null ? super.sql() : prepared == null ? "" : prepared;
    }

    /** What SQL's PREPARE has prepared is not known here: it might do anything. */
    @Override
    boolean controlsTransactions() {
        String prepared = name == null ? sql() : statements.sqlOf(name);
        return prepared == null || SqlText.controlsTransactions(prepared);
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
