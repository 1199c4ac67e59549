package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.replay.report.RecordedNow;
import org.pgreel.replay.source.Gate;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.StartupParameters;
import org.pgreel.replay.volatility.Volatility;

/**
 * All recorded exchanges, and which of them were used. All connections of a replay share one; confined to one thread.
 *
 * <p>The unit is the run from idle to idle. Its first exchange picks the earliest run that nobody follows and whose key is
 * equal; the run is then followed to its end. As long as two runs ask and answer the same, a connection may change from one
 * to the other. There is no fuzzy matching: what these rules leave undecided is a miss.
 */
public final class ExchangeLibrary {

    private final boolean strict;
    private final Questions questions;
    private final List<Map<String, String>> startups = new ArrayList<>();
    private final List<DatabaseIdentity> identities = new ArrayList<>();
    private final RunChoice runs;
    private final News news = new News();
    private final Map<String, List<StatementShape>> shapes = new HashMap<>();
    private final ExchangeTally tally = new ExchangeTally();
    private final ResendLedger ledger = new ResendLedger();

    /**
     * Reads the exchanges of a recording.
     *
     * @param recording the recorded connections; those that never got ready are left out
     * @param strict whether an exchange may be answered only as often as it was recorded
     */
    public ExchangeLibrary(PlayableRecording recording, boolean strict) {
        this(recording, strict, Volatility.NONE);
    }

    /**
     * Reads the exchanges of a recording of which something differs from run to run.
     *
     * @param volatility what differs
     */
    public ExchangeLibrary(PlayableRecording recording, boolean strict, Volatility volatility) {
        this(recording, strict, volatility, HousekeepingFile.shipped());
    }

    /**
     * Reads the exchanges of a recording beside which drivers and pools ask more than is known.
     *
     * @param housekeeping what they ask
     */
    public ExchangeLibrary(
            PlayableRecording recording, boolean strict, Volatility volatility, HousekeepingFile housekeeping) {
        this.strict = strict;
        this.questions = new Questions(volatility, housekeeping);
        List<RecordedRun> recorded = new ArrayList<>();
        Map<RecordedConnectionId, List<RecordedRun>> byConnection = new HashMap<>();
        IdentityHashMap<BackendMessage, Gate.Notified> notified = new IdentityHashMap<>();
        for (PlayableConnection connection : recording.connections()) {
            if (connection.ready()) {
                ExchangeReader reader = read(connection);
                recorded.addAll(reader.runs());
                byConnection.put(connection.id(), reader.runs());
                notified.putAll(reader.notified());
            }
        }
        news.link(recording, notified, byConnection);
        this.runs = new RunChoice(recorded, questions);
    }

    private ExchangeReader read(PlayableConnection connection) {
        int session = startups.size();
        startups.add(connection.startup());
        ExchangeReader reader = new ExchangeReader(connection, session, questions).read();
        identities.add(new DatabaseIdentity(connection, reader.runs()));
        RecordedDelays.note(connection, reader.runs());
        for (StatementShape shape : reader.shapes()) {
            List<StatementShape> known = shapes.computeIfAbsent(shape.sql(), sql -> new ArrayList<>());
            if (known.isEmpty() || !known.get(known.size() - 1).equals(shape)) {
                known.add(shape);
            }
        }
        return reader;
    }

    /** Returns the scope of a connection with these start-up parameters: what was recorded with the same. */
    public ConnectionScope scope(Map<String, String> startup) {
        var scope = new ConnectionScope(identities, startup, startups);
        for (int i = 0; i < startups.size(); i++) {
            if (StartupParameters.equal(startups.get(i), startup)) {
                scope.add(i);
            }
        }
        return scope;
    }

    /** Returns a scope of all that was recorded, whoever asks. */
    public ConnectionScope everything() {
        var scope = new ConnectionScope(identities, Map.of(), startups);
        for (int i = 0; i < startups.size(); i++) {
            scope.add(i);
        }
        return scope;
    }

    /**
     * Opens a chapter of the recording: from here on only its runs answer, all of them once more, and the report is about
     * them. A connection that is in the midst of a run goes on with it. Housekeeping is answered from all chapters.
     *
     * @return false if the recording has no such chapter, so that nothing will be answered but housekeeping
     */
    public boolean open(String name) {
        questions.forget(name);
        tally.clear();
        ledger.clear();
        return runs.open(name);
    }

    /** Returns the notifications that wait for their senders. */
    News news() {
        return news;
    }

    /** Returns how questions are compared. */
    Questions questions() {
        return questions;
    }

    /** Returns the exchange that answers the question, which is then used; null if none does. */
    @Nullable
    RecordedExchange answer(ConnectionScope scope, ExchangeKey key) {
        RecordedRun run = scope.run;
        RecordedExchange found = run != null ? runs.followed(scope, run, key) : runs.begun(scope, key);
        if (found == null && run == null && !strict) {
            found = runs.again(scope, key);
        }
        if (found == null) {
            return null;
        }
        ledger.asked(found, key, scope.watched, questions);
        scope.took(found.delayNanos);
        if (scope.watched > 0 && scope.run == null && scope.last != null) {
            scope.unsettled.add(scope.last);
        }
        tally.answered(found, scope.repeating);
        return found;
    }

    /** Returns the recorded answer to a statement of housekeeping, whatever was used; null if there is none. */
    @Nullable
    RecordedExchange housekeeping(ConnectionScope scope, ExchangeKey key) {
        for (RecordedRun run : runs.runs()) {
            for (RecordedExchange exchange : run.exchanges) {
                if (scope.sessions.contains(run.session)
                        && exchange.complete
                        && !exchange.failed()
                        && questions.sameAside(exchange.key, key)) {
                    return exchange;
                }
            }
        }
        return null;
    }

    void keptHouse() {
        tally.keptHouse();
    }

    /** Returns the failure that every recorded attempt to prepare the statement met; null if one got through. */
    @Nullable
    RecordedExchange failedAtParse(ConnectionScope scope, ExchangeKey key) {
        RecordedRun run = scope.run;
        RecordedExchange next = run == null ? null : run.exchanges.get(scope.at);
        if (next != null && next.failedAtParse && questions.same(next.key, key)) {
            return answer(scope, key);
        }
        boolean any = false;
        for (RecordedExchange exchange : run == null ? runs.firsts(scope, key.sql()) : List.<RecordedExchange>of()) {
            if (!exchange.failedAtParse) {
                return null;
            }
            any |= questions.same(exchange.key, key);
        }
        return any ? answer(scope, key) : null;
    }

    /** Returns what is known of a statement without executing it; null if it was never described. */
    @Nullable
    StatementShape shape(ConnectionScope scope, String sql, List<Integer> given, boolean parametersWanted) {
        StatementShape found = null;
        for (StatementShape shape : shapes.getOrDefault(sql, List.of())) {
            boolean fits = scope.may(shape.session()) && shape.given().equals(given);
            boolean enough = parametersWanted ? shape.parameterTypes() != null : shape.described();
            if (fits && enough) {
                found = found == null || shape.described() ? shape : found;
            }
        }
        return found;
    }

    /** Notes a question that was not answered, and says what is nearest to it. */
    ExchangeMiss missed(ConnectionScope scope, int connection, ExchangeKey key, String reason) {
        // Of those that are equally near, one that was not asked for yet.
        List<RecordedExchange> all = new ArrayList<>();
        for (boolean asked : new boolean[] {false, true}) {
            for (RecordedRun run : runs.runs()) {
                boolean seen = runs.open(run) && (scope.sessions.isEmpty() || scope.sessions.contains(run.session));
                for (int i = 0; seen && i < run.exchanges.size(); i++) {
                    if (i < run.played == asked) {
                        all.add(run.exchanges.get(i));
                    }
                }
            }
        }
        RecordedRun run = scope.run;
        RecordedExchange due = run == null ? null : run.exchanges.get(scope.at);
        ExchangeMiss miss = NearestExchange.miss(all, due, connection, key, reason, questions);
        tally.missed(miss);
        if (run != null) {
            abandoned(scope, run, nearest(run, miss));
        }
        return miss;
    }

    /** Notes a question that a live server answers; the run in whose midst it is asked is that server's from its beginning. */
    void recordedNow(ConnectionScope scope, int connection, ExchangeKey key) {
        tally.recordedNow(new RecordedNow(connection, key.sql()));
        RecordedRun run = scope.run;
        if (run != null) {
            abandoned(scope, run, run);
        }
    }

    /** Returns the run that was probably meant: it may have been another client's, which has begun alike. */
    private RecordedRun nearest(RecordedRun run, ExchangeMiss miss) {
        RecordedRun nearest = run;
        for (RecordedRun other : runs.runs()) {
            if (other.exchanges.stream().anyMatch(exchange -> exchange.place().equals(miss.nearest()))) {
                nearest = other;
            }
        }
        return nearest;
    }

    private void abandoned(ConnectionScope scope, RecordedRun run, RecordedRun nearest) {
        tally.abandoned(nearest, run);
        scope.run = null;
        if (!scope.repeating) {
            runs.release(run);
        }
    }

    /** From here on it is watched what the client learns, and who sends again what it did not learn. */
    public void watch(ConnectionScope scope, int connection) {
        scope.watched = connection;
    }

    /** Returns what to call when all has reached the client that was answered up to here. */
    public Runnable learning(ConnectionScope scope) {
        List<RecordedRun> settled = List.copyOf(scope.unsettled);
        return () -> scope.unsettled.removeAll(settled);
    }

    /** The connection ended: what it followed and did not come to the end of is left over. */
    void ended(ConnectionScope scope) {
        if (!scope.unsettled.isEmpty()) {
            unlearnt(scope);
            return;
        }
        RecordedRun run = scope.run;
        if (run != null && run.follower == scope) {
            run.follower = null;
        }
        scope.run = null;
    }

    /** The client did not learn how its last run came out: whoever sends it again is answered again. */
    void unlearnt(ConnectionScope scope) {
        RecordedRun run = scope.last;
        if (run != null && !scope.repeating) {
            int played = run.played;
            runs.release(run);
            run.played = played;
        }
        scope.unsettled.forEach(unsettled -> ledger.lost(unsettled, scope.watched));
        scope.unsettled.clear();
        ended(scope);
    }

    /** Returns what the replay has come to so far. */
    public ExchangeReport report() {
        return tally.report(runs.runs().stream().filter(runs::open).toList(), ledger.resent());
    }
}
