package org.pgreel.scenarios.drive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.Standing;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Scenario;

/**
 * Drives our client through one run of a scenario: asks what the lines ask when the play has come to them, compares what
 * the application is told, and closes what is open when nothing else is left to do.
 *
 * <p>Hears the play as its listener, and the client by its sessions' callbacks; the two may come from different threads,
 * which take turns here. It never waits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails in a callback is a mismatch of the run.
final class Driver implements PlayListener {
    private final World world;
    private final Wishes wishes;
    private final ToldScript script;
    private final @Nullable Program program;
    private final Map<Integer, Flow> flows = new LinkedHashMap<>();
    private final Map<Integer, Integer> players = new HashMap<>();
    private final Set<Integer> asked = new HashSet<>();
    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    private final Map<String, Integer> reached = new HashMap<>();
    private final Map<String, DrivenSession> current = new HashMap<>();
    private final List<DrivenSession> sessions = new ArrayList<>();
    private final Deque<Runnable> toConnect = new ArrayDeque<>();
    private final Set<String> failures = new TreeSet<>();
    private final Map<String, Set<String>> sentences = new TreeMap<>();
    private @Nullable String failure;
    private boolean stopped;
    private boolean advancing;
    private boolean again;

    Driver(Scenario scenario, ToldScript script, World world, String password) {
        this.world = world;
        this.script = script;
        this.wishes = new Wishes(scenario, password);
        this.program = script.asks() ? null : new Program(scenario, this);
    }

    /** The run begins. */
    synchronized void start() {
        flow(0).lines.addAll(script.outside());
        advancing = true; // Nothing begins before all that connects of itself is known.
        if (program == null) {
            script.implicit().forEach(name -> connect(name, List.of(), begun -> {}));
        } else {
            program.start(script.sessions());
        }
        advancing = false;
        advance();
    }

    private Flow flow(int connection) {
        return flows.computeIfAbsent(connection, number -> new Flow());
    }

    @Override
    public synchronized void assigned(int connection) {
        for (DrivenSession session : sessions) {
            if (session.connection() == 0 && !session.over()) {
                session.assigned(connection);
                break;
            }
        }
        advance();
        world.changed();
    }

    @Override
    public synchronized void told(int connection, ScriptLine line) {
        boolean first = players.computeIfAbsent(line.number(), number -> connection) == connection;
        if (first && !script.isAhead(line)) {
            reached.merge(ToldScript.session(ToldScript.told(line)), 1, Integer::sum);
            flow(connection).lines.add(line);
            advance();
            world.changed();
        }
    }

    @Override
    public void changed() {
        world.changed();
    }

    /** Opens a session, once those before it have been seen by the server, so that numbers follow the script's order. */
    synchronized void connect(String name, List<Field> fields, Consumer<DrivenSession> then) {
        toConnect.add(() -> {
            var session = new DrivenSession(this, name, ledger(name));
            sessions.add(session);
            current.put(name, session);
            Wishes own = wishes.with(fields);
            session.began(world.connect(own.options(), own, session));
            then.accept(session);
        });
        advance();
    }

    /** Tells whether nothing more is asked, since the run has failed or is being closed. */
    private boolean halted() {
        return stopped || failure != null;
    }

    private Ledger ledger(String name) {
        return ledgers.computeIfAbsent(name, key -> new Ledger(key, script));
    }

    /** A session's application was told something; what is asked now is asked inside the callback. */
    void heard(DrivenSession session, Heard heard, Runnable seen) {
        synchronized (this) {
            seen.run();
            session.ledger().heard(heard);
            lookAhead(session, heard);
            advance();
        }
        world.changed();
    }

    /** The play may come to a callback's line later than the callback: what stands directly behind it is asked now. */
    private void lookAhead(DrivenSession session, Heard heard) {
        int next = reached.getOrDefault(session.name(), 0);
        List<ScriptLine> lines = script.lines(session.name());
        if (halted() || next >= lines.size() || !session.ledger().unmet().isEmpty()) {
            return;
        }
        ScriptLine line = lines.get(next);
        if (heard.fits(ToldScript.told(line))) {
            for (ScriptLine inside : script.inside(line)) {
                if (asked.add(inside.number())) {
                    ask(inside);
                }
            }
        }
    }

    /** Goes on in all flows as far as it can. */
    private void advance() {
        if (advancing) {
            again = true;
            return;
        }
        advancing = true;
        try {
            do {
                again = false;
                connectNext();
                List.copyOf(flows.values()).forEach(this::advance);
                findMismatch();
            } while (again);
        } finally {
            advancing = false;
        }
    }

    private void connectNext() {
        boolean waiting = sessions.stream().anyMatch(session -> session.connection() == 0 && !session.over());
        Runnable next = waiting || halted() ? null : toConnect.poll();
        if (next != null) {
            again = true;
            next.run();
        }
    }

    private void advance(Flow flow) {
        while (!halted() && !flow.lines.isEmpty()) {
            ScriptLine line = flow.lines.element();
            Step.Told told = ToldScript.told(line);
            if (told.kind() == '>') {
                if (mustWait(told)) {
                    return;
                }
                flow.lines.remove();
                if (!asked.remove(line.number())) {
                    ask(line);
                }
                again = true;
                continue;
            }
            if (flow.expectation == null) {
                flow.expectation = ledger(ToldScript.session(told)).expect(line);
            }
            if (!flow.expectation.met()) {
                return;
            }
            flow.expectation = null;
            flow.lines.remove();
        }
    }

    /** A session that connects of itself may have to wait for those before it. */
    private boolean mustWait(Step.Told told) {
        return !told.word().equals("connect") && !toConnect.isEmpty() && !current.containsKey(ToldScript.session(told));
    }

    private void findMismatch() {
        for (Ledger ledger : ledgers.values()) {
            if (failure == null && ledger.mismatch() != null) {
                failure = ledger.mismatch();
            }
        }
    }

    private void ask(ScriptLine line) {
        Step.Told told = ToldScript.told(line);
        String name = ToldScript.session(told);
        if (told.word().equals("connect")) {
            connect(name, told.fields(), begun -> {});
            return;
        }
        DrivenSession session = current.get(name);
        if (session == null) {
            fail("line " + line.number() + ": \"" + line + "\" is asked of a session that never connected");
        } else if (told.word().equals("close")) {
            session.session().close();
        } else if (Transfers.goesOn(told.word())) {
            session.transfers().goOn(line);
        } else {
            ask(session, line);
        }
    }

    private void ask(DrivenSession session, ScriptLine line) {
        int broken = Wishes.timersToBreak(ToldScript.told(line).fields());
        if (broken > 0) {
            world.breakTimers(session, broken);
        }
        session.submitted();
        try {
            begun(session, line)
                    .whenComplete((results, thrown) -> completed(
                            session,
                            thrown == null
                                    ? results
                                    : List.of(Operations.failed(session.name(), line.number(), thrown)),
                            thrown));
        } catch (IllegalArgumentException refused) {
            completed(session, List.of(Operations.failed(session.name(), line.number(), refused)), refused);
        }
    }

    private CompletableFuture<List<Heard>> begun(DrivenSession session, ScriptLine line) {
        return Transfers.begins(ToldScript.told(line).word())
                ? session.transfers().begin(Operations.limited(session.session(), line), line)
                : Operations.ask(session.session(), session.name(), line, outcome -> meanwhile(session, line, outcome));
    }

    /** Runs a statement of the default drive. */
    synchronized void query(DrivenSession session, String sql, QueryEnd end) {
        session.submitted();
        session.session().query(sql).whenComplete((results, thrown) -> {
            List<Heard> heard = thrown == null
                    ? Operations.heard(session.name(), 0, results.results())
                    : List.of(Operations.failed(session.name(), 0, thrown));
            completed(session, heard, thrown);
            synchronized (this) {
                end.ended(results, thrown);
                advance();
            }
            world.changed();
        });
    }

    /** What comes of a statement of the default drive. */
    interface QueryEnd {
        void ended(@Nullable QueryResults results, @Nullable Throwable thrown);
    }

    /** A part of an operation came out. */
    private void meanwhile(DrivenSession session, ScriptLine line, PipelineOutcome outcome) {
        PgException failure = outcome instanceof PipelineOutcome.Failed failed ? failed.failure() : null;
        tell(session, Operations.heard(session.name(), line.number(), outcome), failure);
    }

    private void completed(DrivenSession session, List<Heard> heard, @Nullable Throwable thrown) {
        synchronized (this) {
            session.completed();
            tell(session, heard, thrown);
        }
    }

    private void tell(DrivenSession session, List<Heard> heard, @Nullable Throwable thrown) {
        synchronized (this) {
            if (thrown != null) {
                Throwable cause = Operations.cause(thrown);
                session.words().add(String.valueOf(cause.getMessage()));
                String kind = cause.getClass().getSimpleName().replaceFirst("Exception$", "");
                failures.add(kind);
                sentences.computeIfAbsent(kind, key -> new TreeSet<>()).add(String.valueOf(cause.getMessage()));
            }
            heard.forEach(session.ledger()::heard);
            advance();
        }
        world.changed();
    }

    private void fail(String sentence) {
        if (failure == null) {
            failure = sentence;
        }
    }

    /**
     * Does what can be done when nothing is under way: closes what the script expects to end.
     *
     * @param standings where the server's connections stand
     * @return whether something was done
     */
    synchronized boolean idle(List<Standing> standings) {
        if (failure != null || !toConnect.isEmpty() || !settled()) {
            return false;
        }
        if (program != null && program.goOn(standings)) {
            return true;
        }
        List<DrivenSession> leaving = Leaving.of(open(), standings);
        leaving.forEach(session -> session.session().close());
        return !leaving.isEmpty();
    }

    /** Tells whether nobody waits: each line that was come to is done, and so is each operation. */
    synchronized boolean settled() {
        return toConnect.isEmpty()
                && flows.values().stream().allMatch(Flow::isDone)
                && sessions.stream().allMatch(session -> session.outstanding() == 0 && !session.connecting());
    }

    /** Tells whether nothing is left to ask, and every session has ended. */
    synchronized boolean over() {
        return settled() && open().isEmpty() && !sessions.isEmpty();
    }

    /** Returns the sessions that have not ended. */
    synchronized List<DrivenSession> open() {
        return sessions.stream().filter(session -> !session.over()).toList();
    }

    synchronized List<DrivenSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Returns the first thing that cannot be mended any more; null as long as there is none. */
    synchronized @Nullable String failure() {
        return failure;
    }

    /** Closes every session, for the end of a run. */
    synchronized void closeAll() {
        stopped = true;
        open().stream().map(DrivenSession::session).forEach(Session::close);
    }

    /** Returns what is wrong with how the client was told and asked, now that the run is over. */
    synchronized List<String> problems() {
        return Problems.of(failure, ledgers.values(), sessions, program);
    }

    /** Returns the kinds of failures with which operations completed. */
    synchronized Set<String> failures() {
        return failures;
    }

    /** Returns the messages of those failures, by kind. */
    synchronized Map<String, Set<String>> sentences() {
        return sentences;
    }

    /** Returns all that the applications were told, session by session. */
    synchronized List<Heard> told() {
        var all = new ArrayList<Heard>();
        ledgers.values().forEach(ledger -> all.addAll(ledger.all()));
        return all;
    }
}
