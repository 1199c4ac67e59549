package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.replay.source.Gate;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.volatility.Question;

/** Reads the runs of a recorded connection: plays the server's part once, with the recorded answers. */
final class ExchangeReader {

    private final PlayableConnection connection;
    private final RecordedStream stream;
    private final int session;
    private final Questions questions;
    private final Map<String, RecordedStatement> statements = new HashMap<>();
    private final Map<String, RecordedPortal> portals = new HashMap<>();
    private final TransactionTracking tracking = new TransactionTracking();
    private final SessionState state = new SessionState();
    private final List<RecordedRun> runs = new ArrayList<>();
    private final List<StatementShape> shapes = new ArrayList<>();
    private final List<BackendMessage> leading = new ArrayList<>();
    private @Nullable RecordedRun run;
    private @Nullable RecordedExchange last;
    private boolean skipping;
    private boolean cycleOver;
    private long askedAt;
    private int at;

    ExchangeReader(PlayableConnection connection, int session, Questions questions) {
        this.connection = connection;
        this.session = session;
        this.questions = questions;
        this.stream = new RecordedStream(connection);
    }

    List<RecordedRun> runs() {
        return runs;
    }

    IdentityHashMap<BackendMessage, Gate.Notified> notified() {
        return stream.notified();
    }

    List<StatementShape> shapes() {
        return shapes;
    }

    ExchangeReader read() {
        List<RecordedStream.Asked> asked = stream.asked();
        while (at < asked.size()) {
            trail(stream.before(at));
            RecordedStream.Asked next = asked.get(at++);
            asked(next);
            take(next.number(), next.message());
        }
        trail(stream.before(Integer.MAX_VALUE));
        if (last != null && connection.ending().byServer()) {
            last.endsConnection = true;
        }
        return this;
    }

    private void asked(RecordedStream.Asked next) {
        askedAt = next.at();
        if (run != null && cycleOver) {
            run.oneCycle = false;
        }
        cycleOver = false;
    }

    private void trail(List<BackendMessage> messages) {
        if (last != null) {
            last.trailing.addAll(messages);
        }
    }

    private void take(long number, FrontendMessage message) {
        if (message instanceof Sync) {
            skipping = false;
            ready(null);
        } else if (skipping) {
            return;
        } else if (message instanceof Query query) {
            query(number, query);
        } else if (message instanceof FunctionCall call) {
            called(number, call);
        } else if (message instanceof Parse parse) {
            parsed(number, parse);
        } else if (message instanceof Bind bind) {
            bound(number, bind);
        } else if (message instanceof Describe describe) {
            described(number, describe);
        } else if (message instanceof Execute execute) {
            executed(number, execute);
        } else if (message instanceof Close close) {
            (close.target() == Target.PORTAL ? portals : statements).remove(close.targetName());
            reply();
        }
    }

    /** Returns the next message that is not asynchronous; null if the recording ends here. */
    private @Nullable BackendMessage reply() {
        BackendMessage next = stream.next();
        while (next != null && RecordedStream.asynchronous(next)) {
            leading.add(next);
            next = stream.next();
        }
        return next;
    }

    private RecordedExchange begin(long number, ExchangeKey key) {
        RecordedRun into = run;
        if (into == null) {
            into = new RecordedRun(session, connection.chapter(number), askedAt);
            run = into;
            runs.add(into);
        }
        var exchange = new RecordedExchange(connection.id(), number, key, questions.keepsHouse(key.sql()));
        exchange.processId = connection.processId();
        exchange.items.addAll(leading);
        leading.clear();
        into.exchanges.add(exchange);
        last = exchange;
        return exchange;
    }

    private void query(long number, Query query) {
        Question question = questions.of(query.sql());
        RecordedExchange exchange = begin(number, ExchangeKey.of(question, tracking.status(), state.digest()));
        int descriptions = 0;
        BackendMessage next = stream.next();
        while (next != null && !(next instanceof ReadyForQuery)) {
            if (next instanceof RowDescription) {
                descriptions++;
            }
            exchange.add(next, stream.before(next));
            noted(next, query.sql());
            if (next instanceof CopyInResponse) {
                copied(exchange);
            }
            next = stream.next();
        }
        long completed = exchange.items.stream()
                .filter(item -> item instanceof CommandComplete)
                .count();
        exchange.several = completed > 1 || descriptions > 1;
        if (!exchange.several) {
            exchange.describe();
            exchange.noData = exchange.columns == null && !exchange.failed();
            shapes.add(new StatementShape(session, question.sql(), List.of(), null, exchange.columns, exchange.noData));
        }
        exchange.complete = next != null;
        if (next instanceof ReadyForQuery ready) {
            state.answered(query.sql(), exchange.items, ready.transactionStatus());
            ready(ready);
        }
    }

    private void called(long number, FunctionCall call) {
        RecordedExchange exchange = begin(number, ExchangeKey.of(call, tracking.status(), state.digest()));
        exchange.noData = true;
        BackendMessage next = stream.next();
        while (next != null && !(next instanceof ReadyForQuery)) {
            exchange.add(next, stream.before(next));
            noted(next, "");
            next = stream.next();
        }
        exchange.complete = next != null;
        if (next instanceof ReadyForQuery ready) {
            ready(ready);
        }
    }

    private void noted(BackendMessage message, String sql) {
        if (message instanceof CommandComplete complete) {
            tracking.completed(complete.tag(), sql);
        } else if (message instanceof ErrorResponse) {
            tracking.failed();
        }
    }

    /** What the frontend says in COPY belongs to the statement; a Sync in it is swallowed. */
    private void copied(RecordedExchange exchange) {
        List<RecordedStream.Asked> asked = stream.asked();
        while (at < asked.size()) {
            FrontendMessage next = asked.get(at).message();
            if (!(next instanceof CopyData || next instanceof CopyDone || next instanceof CopyFail)
                    && !(stream.peek() instanceof ErrorResponse)) {
                at++;
                continue;
            }
            if (next instanceof CopyData data) {
                exchange.copied.add(data.data());
            } else if (next instanceof CopyDone || next instanceof CopyFail) {
                exchange.copyFailed = next instanceof CopyFail;
                at++;
                return;
            } else {
                return;
            }
            at++;
        }
    }

    private void ready(@Nullable ReadyForQuery came) {
        BackendMessage next = came;
        while (next == null || !(next instanceof ReadyForQuery)) {
            next = reply();
            if (next == null) {
                return;
            }
            if (next instanceof ErrorResponse && last != null) {
                // The commit at the Sync failed.
                last.items.add(next);
                tracking.failed();
            }
        }
        TransactionStatus status = ((ReadyForQuery) next).transactionStatus();
        tracking.told(status);
        state.became(status, false);
        cycleOver = true;
        if (status == TransactionStatus.IDLE) {
            run = null;
            portals.clear();
        }
    }

    private void parsed(long number, Parse parse) {
        BackendMessage reply = reply();
        var statement = new RecordedStatement(questions.of(parse.sql()), parse.parameterTypes(), shapes.size());
        shapes.add(new StatementShape(session, statement.sql(), parse.parameterTypes(), null, null, false));
        statements.put(parse.statement(), statement);
        if (reply instanceof ErrorResponse error) {
            RecordedExchange failed = begin(
                    number,
                    new ExchangeKey(
                            statement.sql(), parse.parameterTypes(), List.of(), tracking.status(), state.digest()));
            failed.failedAtParse = true;
            failed(failed, error);
        }
    }

    private void failed(RecordedExchange exchange, ErrorResponse error) {
        exchange.items.add(error);
        exchange.complete = true;
        tracking.failed();
        skipping = true;
    }

    private void bound(long number, Bind bind) {
        BackendMessage reply = reply();
        RecordedStatement statement = statements.get(bind.statement());
        if (statement == null) {
            skipping |= reply instanceof ErrorResponse;
            return;
        }
        var portal = new RecordedPortal(statement, bind);
        portals.put(bind.portal(), portal);
        if (reply instanceof ErrorResponse error) {
            failed(begin(number, key(portal)), error);
        }
    }

    private ExchangeKey key(RecordedPortal portal) {
        List<Integer> given = portal.statement.types();
        StatementShape shape = shapes.get(portal.statement.shape());
        int count = portal.bind.parameters().count();
        List<Integer> resolved = shape.parameterTypes() == null ? given : shape.parameterTypes();
        return new ExchangeKey(
                        portal.statement.sql(),
                        ExchangeKey.types(given, count),
                        ExchangeKey.parameters(portal.bind.parameters(), resolved, portal.bind.parameterFormats()),
                        tracking.status(),
                        state.digest())
                .with(portal.statement.question().values());
    }

    private void described(long number, Describe describe) {
        BackendMessage reply = reply();
        @Nullable List<Integer> types = null;
        if (reply instanceof ParameterDescription parameters) {
            types = parameters.types();
            reply = reply();
        }
        RecordedPortal portal = describe.target() == Target.PORTAL ? portals.get(describe.targetName()) : null;
        RecordedStatement statement = portal != null ? portal.statement : statements.get(describe.targetName());
        if (reply instanceof ErrorResponse error) {
            if (portal != null) {
                failed(begin(number, key(portal)), error);
            } else {
                skipping = true;
                tracking.failed();
            }
            return;
        }
        if (statement == null) {
            return;
        }
        @Nullable RowDescription columns = reply instanceof RowDescription rows ? rows : null;
        StatementShape before = shapes.get(statement.shape());
        shapes.set(
                statement.shape(),
                new StatementShape(
                        session,
                        statement.sql(),
                        statement.types(),
                        types == null ? before.parameterTypes() : types,
                        columns,
                        reply instanceof NoData));
        if (portal != null) {
            portal.columns = columns;
            portal.noData = reply instanceof NoData;
        }
    }

    private void executed(long number, Execute execute) {
        RecordedPortal portal = portals.get(execute.portal());
        RecordedExchange exchange = portal == null ? null : portal.exchange;
        String sql = portal == null ? "" : portal.statement.sql();
        if (exchange == null) {
            exchange = begin(
                    number, portal == null ? ExchangeKey.of(sql, tracking.status(), state.digest()) : key(portal));
        }
        if (portal != null) {
            portal.exchange = exchange;
            StatementShape shape = shapes.get(portal.statement.shape());
            exchange.formats = portal.bind.resultFormats();
            exchange.columns = portal.columns != null ? portal.columns : shape.columns();
            exchange.noData = portal.noData || shape.noData();
        }
        BackendMessage next = stream.next();
        while (next != null) {
            if (next instanceof PortalSuspended) {
                return;
            }
            exchange.add(next, stream.before(next));
            noted(next, sql);
            if (next instanceof CopyInResponse) {
                copied(exchange);
            } else if (next instanceof CommandComplete
                    || next instanceof EmptyQueryResponse
                    || next instanceof ErrorResponse) {
                exchange.complete = true;
                skipping = next instanceof ErrorResponse;
                total(exchange);
                state.answered(sql, exchange.items, tracking.status());
                return;
            }
            next = stream.next();
        }
    }

    /** A portal that was executed in parts counts the rows of its last part only. */
    private static void total(RecordedExchange exchange) {
        long rows = exchange.items.stream()
                        .filter(item -> item instanceof DataRow)
                        .count()
                + exchange.bulks.values().stream().mapToLong(Bulk::count).sum();
        if (exchange.tag().startsWith(Tags.SELECT)) {
            exchange.items.replaceAll(
                    item -> item instanceof CommandComplete ? new CommandComplete(Tags.SELECT + rows) : item);
        }
    }
}
