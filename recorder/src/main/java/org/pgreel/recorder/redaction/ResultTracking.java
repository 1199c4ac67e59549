package org.pgreel.recorder.redaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;

/** Knows which statement a row of one connection belongs to, and its columns. Confined to one thread. */
final class ResultTracking {

    private static final class Statement {
        private final String sql;
        private @Nullable RowDescription columns;

        Statement(String sql) {
            this.sql = sql;
        }
    }

    private record Portal(Statement statement, List<Integer> formats) {}

    private final Deque<FrontendMessage> owed = new ArrayDeque<>();
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private @Nullable RowDescription simple;

    void asked(FrontendMessage message) {
        if (message instanceof Query
                || message instanceof Parse
                || message instanceof Bind
                || message instanceof Describe
                || message instanceof Execute
                || message instanceof Close
                || message instanceof Sync
                || message instanceof FunctionCall) {
            owed.add(message);
        }
    }

    /** Hears of the backend's next message, rows excepted. */
    void answered(BackendMessage message) {
        FrontendMessage head = owed.peek();
        if (message instanceof ReadyForQuery) {
            ready();
        } else if (message instanceof ErrorResponse) {
            while (owed.peek() != null
                    && !(owed.peek() instanceof Sync
                            || owed.peek() instanceof Query
                            || owed.peek() instanceof FunctionCall)) {
                owed.remove();
            }
        } else if (head instanceof Query) {
            simple = message instanceof RowDescription columns ? columns : simple;
        } else if (head != null && answers(head, message)) {
            owed.remove();
        }
    }

    private void ready() {
        simple = null;
        for (FrontendMessage next = owed.poll(); next != null; next = owed.poll()) {
            if (next instanceof Sync || next instanceof Query || next instanceof FunctionCall) {
                return;
            }
        }
    }

    /** Takes in what an answer says of its question; false if the question is not answered to its end. */
    private boolean answers(FrontendMessage head, BackendMessage message) {
        if (head instanceof Parse parse && message instanceof ParseComplete) {
            statements.put(parse.statement(), new Statement(parse.sql()));
            return true;
        }
        if (head instanceof Bind bind && message instanceof BindComplete) {
            Statement statement = statements.get(bind.statement());
            portals.put(
                    bind.portal(), new Portal(statement == null ? new Statement("") : statement, bind.resultFormats()));
            return true;
        }
        if (head instanceof Describe describe && (message instanceof RowDescription || message instanceof NoData)) {
            Statement statement = described(describe);
            if (statement != null && message instanceof RowDescription columns) {
                statement.columns = columns;
            }
            return true;
        }
        if (head instanceof Close close && message instanceof CloseComplete) {
            (close.target() == Target.PORTAL ? portals : statements).remove(close.targetName());
            return true;
        }
        return head instanceof Execute
                && (message instanceof CommandComplete
                        || message instanceof EmptyQueryResponse
                        || message instanceof PortalSuspended);
    }

    private @Nullable Statement described(Describe describe) {
        if (describe.target() != Target.PORTAL) {
            return statements.get(describe.targetName());
        }
        Portal portal = portals.get(describe.targetName());
        return portal == null ? null : portal.statement();
    }

    /** What is being answered; null if nothing is. */
    @Nullable
    FrontendMessage answered() {
        return owed.peek();
    }

    /** The SQL whose rows are coming; empty if it is not known. */
    String sql() {
        FrontendMessage head = owed.peek();
        if (head instanceof Query query) {
            return query.sql();
        }
        Portal portal = head instanceof Execute execute ? portals.get(execute.portal()) : null;
        return portal == null ? "" : portal.statement().sql;
    }

    /** Returns the columns of the rows that are coming; null if nobody described them. */
    @Nullable
    RowDescription columns() {
        FrontendMessage head = owed.peek();
        if (head instanceof Query) {
            return simple;
        }
        Portal portal = head instanceof Execute execute ? portals.get(execute.portal()) : null;
        return portal == null ? null : portal.statement().columns;
    }

    /** Returns the format of a column of the rows that are coming. */
    int format(int index) {
        if (owed.peek() instanceof Execute execute) {
            Portal portal = portals.get(execute.portal());
            return portal == null ? 0 : FrontendRedactor.formatOf(portal.formats(), index);
        }
        RowDescription columns = simple;
        return columns == null ? 0 : columns.columns().get(index).format();
    }
}
