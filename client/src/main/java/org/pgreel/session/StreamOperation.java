package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;

/**
 * A statement whose rows come in windows: Parse and Describe (unless it is prepared and its columns are known), Bind, Execute and Flush; Execute and
 * Flush for each further window; one Sync when all rows came, when the application stops, or when anything fails, for without it the server would
 * wait forever.
 */
final class StreamOperation extends Operation<QueryResult> {

    private static final String UNNAMED = "";
    private static final Flush FLUSH = new Flush();
    private static final Sync SYNC = new Sync();

    private final ExtendedQuery query;
    private final Execute execute;
    private final RowDelivery rows;
    private final @Nullable String name;
    private final Statements statements;

    /** Null for a statement that the application has prepared. */
    private final @Nullable CacheUse use;

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
        super(query instanceof ParameterizedQuery unnamed ? unnamed.sql() : "", List.of(), rows);
        ExecutionOperation.refuseUnsendable(query);
        this.query = query;
        this.execute = new Execute(UNNAMED, window);
        this.rows = rows;
        this.name = query instanceof NamedQuery named ? named.name() : null;
        this.statements = statements;
        this.use = query instanceof ParameterizedQuery unnamed ? new CacheUse(unnamed, statements.cache()) : null;
    }

    private void open(Outbound outbound) {
        if (use == null) {
            bind(String.valueOf(name), outbound);
            outbound.send(ExecutionOperation.DESCRIBE);
        } else {
            use.send(false, this::bind, outbound);
        }
        outbound.send(execute);
        outbound.send(FLUSH);
    }

    private void bind(String statement, Outbound outbound) {
        ExecutionOperation.bind(
                statement, query.parameters(), ExecutionOperation.resultFormats(query.binaryResults()), outbound);
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
        if (use != null && use.begins()) {
            forgetAnswer();
            suspended = false;
        }
        synced = rows.isStopped();
        if (synced) {
            outbound.send(SYNC);
        } else {
            open(outbound);
        }
        outbound.sent(this);
    }

    @Override
    void acknowledged(BackendMessage message) {
        RowDescription columns = use == null ? null : use.acknowledged(message, query.binaryResults());
        if (columns != null) {
            super.described(columns);
        }
    }

    @Override
    void described(RowDescription columns) {
        super.described(columns);
        if (use != null) {
            use.described(columns);
        }
    }

    @Override
    void failed(ErrorResponse response) {
        if (use != null && !hasFailed()) {
            use.failed(response, rows.rowCame());
        }
        super.failed(response);
    }

    @Override
    boolean wantsAgain() {
        return use != null && use.wantsAgain();
    }

    @Override
    void proceed(Outbound outbound) {
        if (synced) {
            return;
        }
        if (rows.isOver() || hasFailed() || results().isComplete()) {
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
            outbound.sendSyncBehindCopy();
        }
    }

    @Override
    boolean isAnswered() {
        return super.isAnswered() || (synced && rows.isOver());
    }

    @Override
    QueryResult result() {
        return results().isComplete() ? results().first() : results().unfinished();
    }
}
