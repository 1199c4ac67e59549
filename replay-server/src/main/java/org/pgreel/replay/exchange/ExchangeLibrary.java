package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.report.LeftOverRun;
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
    private final List<RecordedRun> runs = new ArrayList<>();
    private final Map<String, List<RecordedRun>> byFirst = new HashMap<>();
    private final Map<String, List<StatementShape>> shapes = new HashMap<>();
    private final List<ExchangeMiss> misses = new ArrayList<>();
    private @Nullable String chapter;
    private long answered;
    private long repeated;
    private long housekeeping;

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
        this.strict = strict;
        this.questions = new Questions(volatility);
        for (PlayableConnection connection : recording.connections()) {
            if (connection.ready()) {
                add(connection);
            }
        }
    }

    private void add(PlayableConnection connection) {
        int session = startups.size();
        startups.add(connection.startup());
        ExchangeReader reader = new ExchangeReader(connection, session, questions).read();
        identities.add(new DatabaseIdentity(connection, reader.runs()));
        for (RecordedRun run : reader.runs()) {
            runs.add(run);
            byFirst.computeIfAbsent(run.exchanges.get(0).key.sql(), sql -> new ArrayList<>())
                    .add(run);
        }
        for (StatementShape shape : reader.shapes()) {
            shapes.computeIfAbsent(shape.sql(), sql -> new ArrayList<>()).add(shape);
        }
    }

    /** What one live connection may be answered with, and what it follows. */
    public static final class Scope {
        final Set<Integer> sessions = new HashSet<>();
        final Set<Integer> used = new HashSet<>();

        @Nullable
        RecordedRun run;

        @Nullable
        RecordedRun last;

        int at;

        private Scope() {}
    }

    /** Returns the scope of a connection with these start-up parameters: what was recorded with the same. */
    public Scope scope(Map<String, String> startup) {
        var scope = new Scope();
        for (int i = 0; i < startups.size(); i++) {
            if (StartupParameters.equal(startups.get(i), startup)) {
                scope.sessions.add(i);
            }
        }
        return scope;
    }

    /** Returns a scope of all that was recorded, whoever asks. */
    public Scope everything() {
        var scope = new Scope();
        for (int i = 0; i < startups.size(); i++) {
            scope.sessions.add(i);
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
        chapter = name;
        questions.forget(name);
        misses.clear();
        answered = 0;
        repeated = 0;
        housekeeping = 0;
        List<RecordedRun> its = runs.stream().filter(this::open).toList();
        its.forEach(RecordedRun::rewind);
        return !its.isEmpty();
    }

    /** Returns how questions are compared. */
    Questions questions() {
        return questions;
    }

    private boolean open(RecordedRun run) {
        return chapter == null || run.chapter.equals(chapter);
    }

    private boolean allows(Scope scope, RecordedRun run) {
        return open(run) && allows(scope, run.session);
    }

    private boolean allows(Scope scope, int session) {
        return scope.sessions.contains(session)
                && scope.used.stream()
                        .allMatch(
                                used -> used == session || identities.get(used).agrees(identities.get(session)));
    }

    /** Returns the exchange that answers the question, which is then used; null if none does. */
    @Nullable
    RecordedExchange answer(Scope scope, ExchangeKey key) {
        RecordedRun run = scope.run;
        RecordedExchange found = run != null ? followed(scope, run, key) : begun(scope, key);
        if (found != null) {
            if (HousekeepingStatements.is(key.sql())) {
                housekeeping++;
            } else {
                answered++;
            }
            return found;
        }
        return run == null && !strict ? again(scope, key) : null;
    }

    private @Nullable RecordedExchange followed(Scope scope, RecordedRun run, ExchangeKey key) {
        int at = scope.at;
        // Housekeeping of the recording may be left out.
        while (at < run.exchanges.size()
                && !questions.same(run.exchanges.get(at).key, key)
                && HousekeepingStatements.is(run.exchanges.get(at).key.sql())) {
            at++;
        }
        if (at < run.exchanges.size()
                && (questions.same(run.exchanges.get(at).key, key) || broughtForward(run, at, key))) {
            return step(scope, run, at, key);
        }
        for (RecordedRun other : candidates(run.exchanges.get(0).key.sql())) {
            if (other != run
                    && !other.taken
                    && allows(scope, other)
                    && other.exchanges.size() > scope.at
                    && questions.same(other.exchanges.get(scope.at).key, key)
                    && run.beginsLike(other, scope.at)) {
                run.taken = false;
                run.played = 0;
                other.taken = true;
                return step(scope, other, scope.at, key);
            }
        }
        return null;
    }

    private List<RecordedRun> candidates(String first) {
        return byFirst.getOrDefault(first, List.of());
    }

    /** Of statements that may come in any order the one that is asked for is taken first. */
    private boolean broughtForward(RecordedRun run, int at, ExchangeKey key) {
        for (int i = at; i < run.exchanges.size() && questions.unordered(run.exchanges.get(i).key); i++) {
            if (questions.same(run.exchanges.get(i).key, key)) {
                Collections.rotate(run.exchanges.subList(at, i + 1), 1);
                return true;
            }
        }
        return false;
    }

    private RecordedExchange step(Scope scope, RecordedRun run, int at, ExchangeKey key) {
        RecordedExchange exchange = run.exchanges.get(at);
        questions.answered(exchange.key, key, run.chapter);
        run.played = Math.max(run.played, at + 1);
        scope.last = run;
        scope.at = at + 1;
        scope.run = scope.at < run.exchanges.size() ? run : null;
        scope.used.add(run.session);
        return exchange;
    }

    private @Nullable RecordedExchange begun(Scope scope, ExchangeKey key) {
        for (RecordedRun run : candidates(key.sql())) {
            if (!run.taken && questions.same(run.exchanges.get(0).key, key) && allows(scope, run)) {
                run.taken = true;
                return step(scope, run, 0, key);
            }
        }
        return null;
    }

    /** Answers a run of one statement once more, if all that was recorded of it is equal. */
    private @Nullable RecordedExchange again(Scope scope, ExchangeKey key) {
        RecordedExchange first = null;
        for (RecordedRun run : candidates(key.sql())) {
            RecordedExchange exchange = run.exchanges.get(0);
            if (!questions.same(exchange.key, key) || !allows(scope, run)) {
                continue;
            }
            if (run.exchanges.size() > 1 || (first != null && !first.answersLike(exchange))) {
                return null;
            }
            first = first == null ? exchange : first;
        }
        if (first != null && first.answersLike(first)) {
            if (HousekeepingStatements.is(key.sql())) {
                housekeeping++;
            } else {
                repeated++;
            }
            return first;
        }
        return null;
    }

    /** Returns the recorded answer to a statement of housekeeping, whatever was used; null if there is none. */
    @Nullable
    RecordedExchange housekeeping(Scope scope, ExchangeKey key) {
        for (RecordedRun run : runs) {
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
        housekeeping++;
    }

    /** Returns the failure that every recorded attempt to prepare the statement met; null if one got through. */
    @Nullable
    RecordedExchange failedAtParse(Scope scope, ExchangeKey key) {
        RecordedRun run = scope.run;
        RecordedExchange next = run == null ? null : run.exchanges.get(scope.at);
        if (next != null && next.failedAtParse && questions.same(next.key, key)) {
            return answer(scope, key);
        }
        boolean any = false;
        for (RecordedRun candidate : run == null ? candidates(key.sql()) : List.<RecordedRun>of()) {
            RecordedExchange exchange = candidate.exchanges.get(0);
            if (allows(scope, candidate) && exchange.key.sql().equals(key.sql())) {
                if (!exchange.failedAtParse) {
                    return null;
                }
                any |= questions.same(exchange.key, key);
            }
        }
        return any ? answer(scope, key) : null;
    }

    /** Returns what is known of a statement without executing it; null if it was never described. */
    @Nullable
    StatementShape shape(Scope scope, String sql, List<Integer> given, boolean parametersWanted) {
        StatementShape found = null;
        for (StatementShape shape : shapes.getOrDefault(sql, List.of())) {
            boolean fits = allows(scope, shape.session()) && shape.given().equals(given);
            boolean enough = parametersWanted ? shape.parameterTypes() != null : shape.described();
            if (fits && enough) {
                found = found == null || shape.described() ? shape : found;
            }
        }
        return found;
    }

    /** Notes a question that was not answered, and says what is nearest to it. */
    ExchangeMiss missed(Scope scope, int connection, ExchangeKey key, String reason) {
        // Of those that are equally near, one that was not asked for yet.
        List<RecordedExchange> all = new ArrayList<>();
        for (boolean asked : new boolean[] {false, true}) {
            for (RecordedRun run : runs) {
                boolean seen = open(run) && (scope.sessions.isEmpty() || scope.sessions.contains(run.session));
                for (int i = 0; seen && i < run.exchanges.size(); i++) {
                    if (i < run.played == asked) {
                        all.add(run.exchanges.get(i));
                    }
                }
            }
        }
        RecordedRun run = scope.run;
        RecordedExchange due = run == null ? null : run.exchanges.get(scope.at);
        if (run != null) {
            run.left = true; // That the rest of it is not asked for goes without saying.
        }
        ExchangeMiss miss = NearestExchange.miss(all, due, connection, key, reason, questions);
        misses.add(miss);
        return miss;
    }

    /** The connection ended: what it followed and did not come to the end of is left over. */
    void ended(Scope scope) {
        scope.run = null;
    }

    /** The client did not learn how its last run came out: whoever sends it again is answered again. */
    void unlearnt(Scope scope) {
        RecordedRun run = scope.last;
        if (run != null) {
            run.taken = false;
        }
        ended(scope);
    }

    /** Returns what the replay has come to so far. */
    public ExchangeReport report() {
        long recorded = 0;
        List<LeftOverRun> left = new ArrayList<>();
        for (RecordedRun run : runs.stream().filter(this::open).toList()) {
            List<RecordedExchange> rest = new ArrayList<>();
            for (int i = 0; i < run.exchanges.size(); i++) {
                RecordedExchange exchange = run.exchanges.get(i);
                boolean counts = !HousekeepingStatements.is(exchange.key.sql());
                recorded += counts ? 1 : 0;
                if (counts && i >= run.played && !run.left) {
                    rest.add(exchange);
                }
            }
            if (!rest.isEmpty()) {
                RecordedExchange first = rest.get(0);
                left.add(new LeftOverRun(first.place(), first.key.sql(), rest.size()));
            }
        }
        return new ExchangeReport(recorded, answered, repeated, housekeeping, misses, left);
    }
}
