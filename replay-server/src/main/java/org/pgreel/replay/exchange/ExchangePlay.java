package org.pgreel.replay.exchange;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.recorder.redaction.SqlSecrets;
import org.pgreel.replay.report.ExchangeMiss;

/**
 * Answers one connection from recorded exchanges, from its login on, whatever protocol, grouping, names and formats its
 * client uses. Confined to the thread of its library.
 */
public final class ExchangePlay {

    private static final BindComplete BOUND = new BindComplete();

    private final ExchangeLibrary library;
    private final ConnectionScope scope;
    private final ExchangeClient client;
    private final HouseAnswers housekeeping;
    private final int number;
    private final @Nullable Integer processId;
    private final TransactionTracking tracking = new TransactionTracking();
    private final SessionState state = new SessionState();
    private final Descriptions descriptions;
    private final NamedByClient named = new NamedByClient();
    private @Nullable LivePortal copying;
    private @Nullable LivePortal last;
    private Function<FrontendMessage, List<FrontendMessage>> redaction = message -> List.of(SqlSecrets.masked(message));
    private Elsewhere elsewhere = (message, why) -> false;
    private boolean simple;
    private boolean skipping;
    private boolean lost;
    private int misses;

    /**
     * Begins behind the first ReadyForQuery of a connection.
     *
     * @param library what was recorded
     * @param scope what of it may answer this connection
     * @param client who is answered
     * @param house what answers drivers and pools where nothing was recorded
     * @param number the connection's number in reports
     * @param processId the process id that the client was given; null if none
     */
    public ExchangePlay(
            ExchangeLibrary library,
            ConnectionScope scope,
            ExchangeClient client,
            Housekeeping house,
            int number,
            @Nullable Integer processId) {
        this.library = library;
        this.scope = scope;
        this.client = new LiveValues(client, library.questions(), library.news());
        scope.processId = processId;
        this.housekeeping = new HouseAnswers(library, scope, house);
        this.number = number;
        this.processId = processId;
        this.descriptions = new Descriptions(library, scope, house);
    }

    /** Sets what redacts the client's messages as the recorded ones were; of one it may make two. */
    public ExchangePlay redactedBy(Function<FrontendMessage, List<FrontendMessage>> newRedaction) {
        redaction = newRedaction;
        return this;
    }

    /** Sets who may answer what the recording does not. */
    public ExchangePlay otherwise(Elsewhere newElsewhere) {
        elsewhere = newElsewhere;
        return this;
    }

    /** Returns how many questions were not answered. */
    public int misses() {
        return misses;
    }

    /** Returns the transaction status that the client was last told, or has come to since. */
    public TransactionStatus status() {
        return tracking.status();
    }

    /** The connection is over. */
    public void ended() {
        library.news().ended(((LiveValues) client).client());
        library.ended(scope);
    }

    /** The connection broke before the client knew how its last run came out, which may be asked for again. */
    public void unlearnt() {
        library.unlearnt(scope);
    }

    /** Takes the client's next message, Terminate aside. */
    public void received(FrontendMessage message) {
        answer(message);
        library.news().tell();
    }

    private void answer(FrontendMessage message) {
        try {
            redaction.apply(message).forEach(redacted -> take(redacted, message));
        } catch (NotRecordedException e) {
            if (inLostBlock()) {
                fail(AfterMiss.refusal());
            } else if (!elsewhere.takes(message, e.what())) {
                missed(message, e.what());
            }
        }
    }

    /** The client's last message is not answered. */
    public void missed(FrontendMessage message, String why) {
        misses++;
        ExchangeMiss miss = library.missed(scope, number, keyOf(message), why);
        fail(ErrorResponse.of("ERROR", "RP001", miss.sentence()));
        lost = tracking.status() == TransactionStatus.FAILED;
    }

    /** The client's last message, and its run with it, is answered by a live server and recorded. */
    public void recordedNow(FrontendMessage message) {
        library.recordedNow(scope, number, keyOf(message));
    }

    /** A run that was answered elsewhere is over, and the client was told so. */
    public void resumed() {
        tracking.told(TransactionStatus.IDLE);
        state.became(TransactionStatus.IDLE, false);
        copying = null;
        last = null;
        skipping = false;
        lost = false;
        named.forgetPortals();
    }

    /** Returns where to tell what was answered elsewhere. */
    public ElsewhereAnswers elsewhere() {
        return new ElsewhereAnswers(library.questions(), named, tracking, state);
    }

    /** Tells whether a miss has failed the transaction block: the recording does not know how it goes on, a server does. */
    private boolean inLostBlock() {
        return lost && tracking.status() == TransactionStatus.FAILED;
    }

    private ExchangeKey keyOf(FrontendMessage message) {
        LivePortal simplest = message instanceof Query || message instanceof FunctionCall ? last : copying;
        LivePortal portal = named.portalOf(message, simplest);
        return portal != null
                ? portal.key
                : ExchangeKey.of(named.statementOf(message), tracking.status(), state.digest());
    }

    private void fail(ErrorResponse error) {
        copying = null;
        last = null;
        client.send(error);
        tracking.failed();
        if (simple) {
            ready();
        } else {
            skipping = true;
        }
    }

    private void take(FrontendMessage message, FrontendMessage sent) {
        if (copying != null) {
            copy(copying, message, sent);
        } else if (message instanceof Sync) {
            skipping = false;
            ready();
        } else if (skipping) {
            return;
        } else if (message instanceof Query query) {
            simple = true;
            last = null;
            query(query.sql(), ((Query) sent).sql());
        } else if (message instanceof FunctionCall call) {
            simple = true;
            last = null;
            called(call);
        } else {
            simple = false;
            extended(message, sent);
        }
    }

    private void extended(FrontendMessage message, FrontendMessage sent) {
        if (message instanceof Parse parse) {
            parse(parse);
        } else if (message instanceof Bind bind) {
            bind(bind, (Bind) sent);
        } else if (message instanceof Describe describe) {
            describe(describe);
        } else if (message instanceof Execute execute) {
            execute(execute);
        } else if (message instanceof Close close) {
            named.closed(close);
            client.send(new CloseComplete());
        } else if (message instanceof Flush) {
            client.flush();
        } else if (!(message instanceof CopyData || message instanceof CopyDone || message instanceof CopyFail)) {
            simple = true;
            throw new NotRecordedException("a " + message.name() + " cannot be matched");
        }
    }

    private void ready() {
        TransactionStatus status = tracking.status();
        tracking.told(status);
        state.became(status, false);
        if (status == TransactionStatus.IDLE) {
            lost = false;
            named.forgetPortals();
        }
        client.send(new ReadyForQuery(status));
        LivePortal answered = last;
        last = null;
        if (answered != null) {
            answered.exchange().trailing.forEach(item -> client.send(answered.current(item, processId)));
        }
        client.flush();
        if (answered != null && answered.endsConnection()) {
            client.end();
        }
    }

    private ExchangeKey keyOf(String sql) {
        return ExchangeKey.of(library.questions().of(sql), tracking.status(), state.digest());
    }

    private void query(String sql, String sent) {
        var portal = new LivePortal(keyOf(sql), List.of(), true);
        portal.asSent = sql.equals(sent) ? null : keyOf(sent);
        last = portal;
        portal.answeredBy(find(portal));
        RecordedExchange exchange = portal.exchange();
        if (!exchange.several && exchange.hasRows() || exchange.columns != null) {
            RowDescription columns = descriptions.columns(portal);
            if (columns == null) {
                throw new NotRecordedException("no recording describes the rows of this statement");
            }
            client.send(Formats.described(columns, List.of()));
        }
        go(portal, 0);
    }

    private void called(FunctionCall call) {
        var portal = new LivePortal(ExchangeKey.of(call, tracking.status(), state.digest()), List.of(), true);
        last = portal;
        portal.answeredBy(find(portal));
        go(portal, 0);
    }

    private RecordedExchange find(LivePortal portal) {
        ExchangeKey key = portal.key;
        if (inLostBlock()) {
            library.ended(scope);
            return HouseAnswer.of(key, List.of(AfterMiss.answer(key.sql())));
        }
        RecordedExchange found = portal.found(library, scope);
        if (found != null) {
            if (found.housekeeping) {
                elsewhere.keptHouse();
            }
            return found;
        }
        RecordedExchange kept = housekeeping.answer(key);
        if (kept != null) {
            library.keptHouse();
            elsewhere.keptHouse();
            return kept;
        }
        throw new NotRecordedException(scope.nothing());
    }

    /** Sends what the portal holds, up to a number of rows or to where the client has to speak. */
    private void go(LivePortal portal, int maxRows) {
        LivePortal.Stop stop = portal.play(client, maxRows, descriptions.columns(portal), processId);
        if (stop == LivePortal.Stop.COPY) {
            copying = portal;
            client.flush();
            return;
        }
        if (stop == LivePortal.Stop.SUSPENDED) {
            return;
        }
        RecordedExchange exchange = portal.exchange();
        portal.completed(tracking);
        if (exchange.changesSession()) {
            state.answered(exchange.key.sql(), exchange.items, tracking.status());
        } else {
            state.became(tracking.status(), false);
        }
        last = portal;
        if (portal.fatal() || (stop == LivePortal.Stop.CUT && exchange.endsConnection)) {
            client.flush();
            client.end();
        } else if (stop == LivePortal.Stop.CUT) {
            throw new NotRecordedException("the recording ends in the midst of this answer");
        } else if (simple) {
            ready();
        } else {
            skipping = exchange.failed();
        }
    }

    private void copy(LivePortal portal, FrontendMessage message, FrontendMessage sent) {
        if (message instanceof CopyData data) {
            portal.copied(data, sent);
        } else if (message instanceof CopyDone || message instanceof CopyFail) {
            copying = null;
            String differs = portal.copyDifference(message instanceof CopyFail);
            if (!differs.isEmpty()) {
                throw new NotRecordedException(differs);
            }
            go(portal, 0);
        }
    }

    private void parse(Parse parse) {
        var statement = new LiveStatement(library.questions().of(parse.sql()), parse.parameterTypes());
        ExchangeKey key =
                new ExchangeKey(statement.sql(), parse.parameterTypes(), List.of(), tracking.status(), state.digest());
        RecordedExchange failed = library.failedAtParse(scope, key);
        if (failed != null) {
            var portal = new LivePortal(key, List.of(), false);
            portal.answeredBy(failed);
            go(portal, 0);
            return;
        }
        named.prepared(parse.statement(), statement);
        client.send(new ParseComplete());
    }

    private void bind(Bind bind, Bind sent) {
        LiveStatement statement = named.statement(bind.statement());
        var portal = new LivePortal(key(statement, bind), bind.resultFormats(), false);
        portal.asSent = bind.equals(sent) ? null : key(statement, sent);
        named.bound(bind.portal(), portal);
        client.send(BOUND);
    }

    private ExchangeKey key(LiveStatement statement, Bind bind) {
        return statement.key(bind, library, scope, tracking.status(), state.digest());
    }

    private LivePortal portal(String name) {
        LivePortal portal = named.portal(name);
        if (!portal.answered()) {
            // The state may have changed between Bind and Execute of a pipeline.
            portal.asked(tracking.status(), state.digest());
            portal.answeredBy(find(portal));
        }
        return portal;
    }

    private void execute(Execute execute) {
        LivePortal portal = portal(execute.portal());
        last = portal;
        go(portal, Math.max(0, execute.maxRows()));
    }

    private void describe(Describe describe) {
        if (describe.target() == Target.PORTAL) {
            LivePortal portal = portal(describe.targetName());
            if (portal.exchange().failed() && !portal.exchange().hasRows() && descriptions.columns(portal) == null) {
                go(portal, 0);
                return;
            }
            descriptions.send(portal, client);
            return;
        }
        LiveStatement statement = named.statement(describe.targetName());
        descriptions.of(statement, tracking.status(), state.digest()).forEach(client::send);
    }
}
