package org.pgreel.scenarios.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.server.ServerLoop;
import org.pgreel.scenarios.coverage.CoveredServer;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;

/**
 * Checks a client: runs it against healthy servers first and then against scenarios, several at a time, and grades each
 * run.
 *
 * <p>All servers share one thread; each run has a port, a password and a seed of its own.
 */
public final class ClientCheck {
    private static final Duration USUAL = Duration.ZERO;
    /** How much longer a client gets the second time whose own time was over, and nobody knows why. */
    private static final Duration MORE = Duration.ofSeconds(10);
    /** A client that hangs so soon may only have been slow on a busy machine: it gets a second chance. */
    private static final double SHORT_SECONDS = 3;

    private final ClientUnderTest client;
    private final CheckOptions options;
    private final CheckListener listener;
    private final Passwords passwords;
    private final Slots slots;
    private UnaryOperator<PlayedServer> around = server -> server;
    private Function<Scenario, Optional<Between>> between = scenario -> Optional.empty();
    private BooleanSupplier over = () -> false;

    /**
     * @param client what is checked; the caller closes it
     * @param options how
     * @param listener hears how it goes
     */
    public ClientCheck(ClientUnderTest client, CheckOptions options, CheckListener listener) {
        this.client = client;
        this.options = options;
        this.listener = listener;
        this.passwords = new Passwords(options.seed());
        this.slots = new Slots(options.parallel());
    }

    /** Counts the edges of the conversation matrix that its runs exercise. */
    public ClientCheck covering(EdgeCounts counts) {
        around = server -> new CoveredServer(server, counts);
        return this;
    }

    /** Puts somebody between the client and the server of each run of those scenarios for which there is one. */
    public ClientCheck between(Function<Scenario, Optional<Between>> who) {
        between = who;
        return this;
    }

    /** Begins no run any more once the time is over; scenarios without a run are left out of the report. */
    public ClientCheck until(BooleanSupplier theTimeIsOver) {
        over = theTimeIsOver;
        return this;
    }

    /**
     * Runs the client against the scenarios.
     *
     * @throws MisconfiguredException if the client fails against a healthy server that asks for nothing
     * @throws IOException if the client cannot be started
     */
    public CheckReport run(List<Scenario> scenarios) throws MisconfiguredException, IOException, InterruptedException {
        long began = CheckClock.nanos();
        ExecutorService threads = Executors.newFixedThreadPool(Slots.most(options.parallel()), task -> {
            var thread = new Thread(task, "pgreel-check");
            thread.setDaemon(true);
            return thread;
        });
        try (ServerLoop loop = ServerLoop.start()) {
            var played = new PlayedClient(client, loop, options.timeout(), around);
            var honest = new HonestRuns(played, options.crash(), passwords);
            control(honest);
            listener.started(scenarios.size() * options.repeat());
            List<CheckCase> cases = graded(scenarios, played, honest, threads);
            return new CheckReport(
                    client.name(), options.seed(), honest.controls(), cases, CheckClock.secondsSince(began));
        } finally {
            threads.shutdownNow();
        }
    }

    private void control(HonestRuns honest) throws MisconfiguredException, IOException, InterruptedException {
        Honest simplest = Honest.simplest(client.abilities());
        HonestRuns.Managed first = honest.of(simplest, () -> {});
        if (!first.good()) {
            throw new MisconfiguredException("the program fails against " + simplest.words() + ": " + first.problem()
                    + ". It must take {host} and {port}, or read PGHOST and PGPORT, and end with status 0.");
        }
        HonestRuns.Managed second = honest.again(simplest);
        if (!second.good() || !second.end().output().equals(first.end().output())) {
            throw new MisconfiguredException("the program does not do the same twice against " + simplest.words() + ": "
                    + (second.good() ? "its standard output differs" : second.problem())
                    + ". Its standard output is what answers are compared with.");
        }
    }

    private List<CheckCase> graded(
            List<Scenario> scenarios, PlayedClient played, HonestRuns honest, ExecutorService threads)
            throws IOException, InterruptedException {
        var waiting = new ArrayList<List<Future<Graded>>>();
        for (Scenario scenario : scenarios) {
            var runs = new ArrayList<Future<Graded>>();
            for (int run = 1; run <= options.repeat(); run++) {
                int number = run;
                runs.add(threads.submit(() -> graded(scenario, number, played, honest)));
            }
            waiting.add(runs);
        }
        var cases = new ArrayList<CheckCase>();
        for (int at = 0; at < scenarios.size(); at++) {
            var runs = new ArrayList<Graded>();
            for (Future<Graded> run : waiting.get(at)) {
                runs.add(result(run));
            }
            runs.removeIf(Graded.NOT_BEGUN::equals);
            if (!runs.isEmpty()) {
                cases.add(summed(scenarios.get(at), runs));
            }
        }
        return cases;
    }

    private static Graded result(Future<Graded> run) throws IOException, InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("A run failed because of a bug, please report this", failed.getCause());
        }
    }

    /** A verdict, how long its run took, and the transcript. */
    private record Graded(Verdict verdict, double seconds, boolean timedOut, boolean certain, String detail) {
        /** The time was over before. */
        static final Graded NOT_BEGUN = notPlayed("the time was over");

        /** Only the script's own time is certain, and only if it was no short one: the machine may be busy. */
        boolean doubtful() {
            return timedOut && (!certain || seconds < SHORT_SECONDS);
        }

        static Graded notPlayed(String why) {
            return new Graded(Verdict.notApplicable(why), 0, false, true, "");
        }
    }

    private Graded graded(Scenario scenario, int number, PlayedClient played, HonestRuns honest)
            throws IOException, InterruptedException {
        if (over.getAsBoolean()) {
            return Graded.NOT_BEGUN;
        }
        Graded graded = judged(scenario, number, played, honest);
        listener.graded(scenario.name(), graded.verdict().grade());
        return graded;
    }

    private Graded judged(Scenario scenario, int number, PlayedClient played, HonestRuns honest)
            throws IOException, InterruptedException {
        String missing = Applicability.missing(scenario, client.abilities());
        if (!missing.isEmpty()) {
            return Graded.notPlayed(missing);
        }
        Honest server = Honest.of(scenario, client.abilities());
        try (Slots.Slot slot = slots.take()) {
            HonestRuns.Managed managed = honest.of(server, () -> {});
            if (!managed.good()) {
                return Graded.notPlayed("it fails against " + server.words() + ": " + managed.problem());
            }
            String run = scenario.name() + "#" + number;
            Duration within = scenario.within() == null ? USUAL : scenario.within();
            Graded first = played(scenario, run, within, managed, played, slot);
            return first.doubtful() ? played(scenario, run + "again", longer(within), managed, played, slot) : first;
        }
    }

    private Duration longer(Duration within) {
        return (within.compareTo(options.timeout()) > 0 ? within : options.timeout()).plus(MORE);
    }

    private Graded played(
            Scenario scenario,
            String run,
            Duration within,
            HonestRuns.Managed managed,
            PlayedClient played,
            Slots.Slot slot)
            throws IOException, InterruptedException {
        Optional<Between> somebody = between.apply(scenario);
        PlayedClient.Played seen = played.run(
                new PlayedClient.Play(
                        scenario.name(),
                        scenario.script(),
                        scenario.settings().withAnyStatement(!client.abilities().sql()),
                        managed.server().asking(),
                        scenario.server().certificate().shown(),
                        passwords.of(run),
                        passwords.seed(run)),
                within,
                slot::onlyWaits,
                somebody.<UnaryOperator<PlayedServer>>map(one -> one::around).orElse(UnaryOperator.identity()));
        var observation =
                new Observation(scenario, seen.login(), managed.end(), seen.end(), seen.report(), somebody.isPresent());
        Verdict verdict = somebody.isPresent() && !somebody.get().fired()
                ? Verdict.notApplicable("what was to happen never did: the program said less")
                : Grading.of(observation, options.crash(), client.abilities());
        boolean timedOut = seen.end().how() == ClientEnd.How.NEVER_ENDED;
        boolean certain =
                Deviation.of(seen.report()) == Deviation.HUNG && !seen.end().busy();
        return new Graded(
                verdict, seen.end().seconds(), timedOut, certain, verdict.grade() == Grade.OK ? "" : detail(seen));
    }

    private static String detail(PlayedClient.Played seen) {
        var text = new StringBuilder();
        PlayReport report = seen.report();
        report.connections().forEach(connection -> {
            text.append(connection.sentence()).append('\n');
            connection
                    .transcript()
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        });
        report.problems().forEach(problem -> text.append(problem).append('\n'));
        text.append("exit status ").append(seen.end().status()).append('\n');
        text.append("standard output:\n").append(seen.end().output());
        text.append("\nstandard error:\n").append(seen.end().errors());
        return text.toString().replace(seen.login().password(), "…");
    }

    private static CheckCase summed(Scenario scenario, List<Graded> runs) {
        Graded told = runs.stream()
                .filter(run -> run.verdict().grade() != runs.get(0).verdict().grade())
                .findFirst()
                .orElse(runs.get(0));
        List<Grade> grades = runs.stream().map(run -> run.verdict().grade()).toList();
        boolean unstable = grades.stream().distinct().count() > 1;
        String got = told.verdict().got();
        return new CheckCase(
                scenario.name(),
                scenario.phase().word(),
                told.verdict().grade(),
                grades,
                scenario.outcomes().stream().map(Outcome::word).toList(),
                told.verdict().line(),
                told.verdict().expected(),
                unstable
                        ? "not the same each time ("
                                + grades.stream().map(Grade::word).collect(Collectors.joining(", ")) + "): " + got
                        : got,
                runs.stream().mapToDouble(Graded::seconds).max().orElse(0),
                told.detail());
    }
}
