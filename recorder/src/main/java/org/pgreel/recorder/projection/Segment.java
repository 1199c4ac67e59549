package org.pgreel.recorder.projection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.recorder.projection.RecordedOperation.Outcome;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * The operations of one connection that are not decided yet. Those under one Sync are decided together, by its
 * ReadyForQuery: an error behind them undoes them. Mutable; confined to one thread.
 */
final class Segment {

    /** What is gathered of one operation. */
    private static final class Open {

        private final int connection;
        private final Request request;
        private final String sql;
        private final List<String> tags = new ArrayList<>();
        private long rows;
        private String sqlState = "";
        private boolean answered;

        Open(int connection, Request request, String sql) {
            this.connection = connection;
            this.request = request;
            this.sql = sql;
        }

        Open copy() {
            Open copy = new Open(connection, request, sql);
            copy.tags.addAll(tags);
            copy.rows = rows;
            copy.sqlState = sqlState;
            copy.answered = answered;
            return copy;
        }

        RecordedOperation as(Outcome outcome, @Nullable RecordedMessage end) {
            return new RecordedOperation(
                    connection,
                    request.message(),
                    end == null ? 0 : end.number(),
                    request.kind(),
                    sql,
                    tags,
                    rows,
                    sqlState,
                    outcome,
                    request.nanos(),
                    end == null ? 0 : Math.max(0, end.nanos() - request.nanos()));
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<Request> ends = new ArrayDeque<>();
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();

    Segment copy() {
        Segment copy = new Segment();
        open.forEach(operation -> copy.open.add(operation.copy()));
        copy.ends.addAll(ends);
        copy.statements.putAll(statements);
        copy.portals.putAll(portals);
        return copy;
    }

    /** Returns the operations that are not decided yet. */
    List<RecordedOperation> pending() {
        return open.stream()
                .map(operation -> operation.as(Outcome.PENDING, null))
                .toList();
    }

    void sent(RecordedMessage recorded, Message message) {
        if (message instanceof Parse parse) {
            statements.put(parse.statement(), parse.sql());
        } else if (message instanceof Bind bind) {
            portals.put(bind.portal(), statements.getOrDefault(bind.statement(), ""));
        }
        Request request = Requests.of(recorded.number(), recorded.nanos(), message);
        if (request == null) {
            return;
        }
        switch (request.kind()) {
            case QUERY, FUNCTION_CALL -> {
                open.add(new Open(recorded.connection(), request, request.sql()));
                ends.add(request);
            }
            case EXECUTE ->
                open.add(new Open(recorded.connection(), request, portals.getOrDefault(request.name(), "")));
            case SYNC -> ends.add(request);
            default -> {
                // Asks for nothing that an application waits for by itself.
            }
        }
    }

    void answered(RecordedMessage recorded, BackendMessage message, Consumer<RecordedOperation> decided) {
        if (message instanceof ReadyForQuery) {
            ready(recorded, decided);
            return;
        }
        Open current = current();
        if (current == null) {
            return;
        }
        if (message instanceof DataRow) {
            current.rows++;
        } else if (message instanceof CommandComplete complete) {
            current.tags.add(complete.tag());
            current.answered = current.request.kind() == Request.Kind.EXECUTE;
        } else if (message instanceof PortalSuspended || message instanceof EmptyQueryResponse) {
            current.answered = current.request.kind() == Request.Kind.EXECUTE;
        } else if (message instanceof ErrorResponse error) {
            current.sqlState = error.fields().sqlState();
            current.answered = true;
        }
    }

    /** Returns the oldest operation that is not answered, within what the next ReadyForQuery decides. */
    private @Nullable Open current() {
        Request end = ends.peek();
        for (Open operation : open) {
            if (end != null && operation.request.message() > end.message()) {
                return null;
            }
            if (!operation.answered) {
                return operation;
            }
        }
        return null;
    }

    private void ready(RecordedMessage recorded, Consumer<RecordedOperation> decided) {
        Request end = ends.poll();
        List<Open> segment = new ArrayList<>();
        while (!open.isEmpty() && end != null && open.element().request.message() <= end.message()) {
            segment.add(open.remove());
        }
        int failed = -1;
        int committed = -1;
        for (int i = 0; i < segment.size() && failed < 0; i++) {
            if (!segment.get(i).sqlState.isEmpty()) {
                failed = i;
            } else if (segment.get(i).tags.contains("COMMIT")) {
                committed = i;
            }
        }
        for (int i = 0; i < segment.size(); i++) {
            decided.accept(segment.get(i).as(outcome(i, failed, committed), recorded));
        }
    }

    private static Outcome outcome(int i, int failed, int committed) {
        if (failed < 0 || i <= committed) {
            return Outcome.SUCCEEDED;
        }
        if (i == failed) {
            return Outcome.FAILED;
        }
        return i < failed ? Outcome.ROLLED_BACK : Outcome.NOT_EXECUTED;
    }
}
