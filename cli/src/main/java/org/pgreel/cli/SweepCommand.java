package org.pgreel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.Durations;
import org.pgreel.scenarios.check.ClientUnderTest;
import org.pgreel.scenarios.check.DriverClient;
import org.pgreel.scenarios.check.ProgramClient;
import org.pgreel.scenarios.check.ProgramCommand;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.sweep.ForeignSession;
import org.pgreel.scenarios.sweep.ForeignSweep;
import org.pgreel.scenarios.sweep.Golden;
import org.pgreel.scenarios.sweep.Plant;
import org.pgreel.scenarios.sweep.Shrinker;
import org.pgreel.scenarios.sweep.Subject;
import org.pgreel.scenarios.sweep.Sweep;
import org.pgreel.scenarios.sweep.Tamper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel sweep}: every effect at every byte and at every message boundary of a session. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a session again and again to PgReel's own client, in a simulation without sockets and without waiting,",
            "each time with one fault: every effect at every byte and at every message boundary, in both directions.",
            "Behind each run all invariants are checked. Exits with 1 if one is broken.",
            "With '-- COMMAND ...' any program is swept instead, over TCP, and graded as by 'pgreel check': with two "
                    + "statements, or with SUBJECT."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel sweep --golden",
            "  pgreel sweep --golden --effects reset,eof --direction B",
            "  pgreel sweep copy-in --prune",
            "  pgreel sweep orders#2 --budget 60s --parallel 2",
            "  pgreel sweep --effects omit,append -- psql -X '{url}' -c {sql}",
            "  pgreel sweep --bytes --stride 5 -o psql.html -- psql -X '{url}' -c {sql}",
            "  pgreel sweep orders.tape#1 --direction F --budget 60s -- ./place-an-order"
        })
final class SweepCommand implements Callable<Integer> {
    private static final double MILLIS_A_SECOND = 1000;

    @Parameters(
            paramLabel = "SUBJECT",
            arity = "0..*",
            description = "Names of the catalogue, scenario files (.yaml) about one session each, or recorded sessions"
                    + " (RECORDING#S).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--golden",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "NAME,...",
            description = "Sweep the golden sessions: all of them, or those that are named.")
    private @Nullable String golden;

    @Option(
            names = "--effects",
            split = ",",
            paramLabel = "EFFECT",
            description =
                    "Only these effects: reset, eof, stall, bytes, coalesce, corrupt, omit, duplicate, swap, insert,"
                            + " append. Default: all.")
    private List<String> effects = List.of();

    @Option(names = "--direction", description = "Only this direction: B, F or both. Default: both.")
    private String direction = "both";

    @Option(
            names = "--prune",
            description =
                    "Leave out points that are the same to the parser: bytes inside a message's body, but the first.")
    private boolean prune;

    @Option(names = "--stride", description = "Take only every so many points. Default: 1, which is all.")
    private int stride = 1;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "How long it runs at most, as 60s or 5m; what was left out is counted. Default: to its end.")
    private @Nullable String budget;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "On how many threads, or how many programs at once. Default: 1, and 4 programs a processor.")
    private @Nullable Integer parallel;

    @Option(
            names = "--bytes",
            description = "With COMMAND: reset, eof, stall and corrupt at each byte, too; --stride makes it shorter.")
    private boolean bytes;

    @Option(
            names = {"-o", "--report"},
            paramLabel = "FILE",
            description = "With COMMAND: write the map as one page of HTML, the session's bytes coloured by grade.")
    private @Nullable Path page;

    @Option(
            names = "--shrink",
            paramLabel = "DIR",
            description = "Write the first thing that is broken there, as the smallest scenario and a JUnit test.")
    private @Nullable Path shrinkInto;

    @Option(
            names = "--scenarios",
            paramLabel = "DIR",
            description =
                    "With COMMAND: write each run that speaks against it there, as a scenario for 'pgreel check'.")
    private @Nullable Path scenariosInto;

    @Option(names = "--only", paramLabel = "FAULT", description = "Only this one fault, as a sweep prints it.")
    private @Nullable String only;

    @Option(
            names = "--driver",
            description =
                    "COMMAND is started once and told of one run after another, as by 'pgreel check' (docs/check.md).")
    private boolean driver;

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Sweep.Options options = options();
        List<String> words = program.command();
        if (words != null) {
            return foreign(words, options);
        }
        if (bytes || page != null || scenariosInto != null) {
            throw CommandFailedException.usage(
                    "--bytes, -o and --scenarios are for the sweep of a program: '-- COMMAND ...'");
        }
        var report = new SweepReport(output);
        BooleanSupplier over = over();
        for (Scenario scenario : scenarios()) {
            SweepWork.Outcome outcome = SweepWork.run(
                    parallel(), over, share -> sweep(subject(scenario), options).only(share));
            report.add(scenario.name(), outcome);
            shrink(outcome.result());
        }
        coverage.write("sweep");
        PrintWriter out = spec.commandLine().getOut();
        report.print(out, this::again);
        out.flush();
        return report.broken() ? ExitStatus.CHECK_FAILED : ExitStatus.DONE;
    }

    private BooleanSupplier over() {
        if (budget == null) {
            return () -> false;
        }
        double seconds = Durations.of(budget)
                        .orElseThrow(() -> CommandFailedException.usage("--budget: \"" + budget + "\" is no duration"))
                        .toMillis()
                / MILLIS_A_SECOND;
        var clock = new SweepClock();
        return () -> clock.seconds() >= seconds;
    }

    private int parallel() {
        int threads = parallel == null ? 1 : parallel;
        if (threads > 1 && coverage.wanted()) {
            throw CommandFailedException.usage("coverage is counted on one thread; leave --parallel out");
        }
        return threads;
    }

    private Sweep sweep(Subject subject, Sweep.Options options) {
        var sweep = new Sweep(subject, options, Plant.NONE);
        Sweep chosen = only == null ? sweep : sweep.only(only);
        return coverage.wanted() ? chosen.covering(coverage.counts()) : chosen;
    }

    private int foreign(List<String> words, Sweep.Options options) throws InterruptedException {
        if (shrinkInto != null) {
            throw CommandFailedException.usage(
                    "--shrink is for PgReel's own client; --scenarios writes what a program meets");
        }
        var wanted = new ForeignSweep.Wanted(options, bytes);
        BooleanSupplier over = over();
        try (ClientUnderTest client =
                driver ? new DriverClient(new ProgramCommand(words)) : new ProgramClient(new ProgramCommand(words))) {
            ForeignSession session = foreignSession(client);
            ForeignSweepRun run = ForeignSweepRun.of(client, session, wanted, parallel, output, sweep -> {
                ForeignSweep bounded = budget == null ? sweep : sweep.until(over);
                ForeignSweep counted = coverage.wanted() ? bounded.covering(coverage.counts()) : bounded;
                return only == null ? counted : counted.only(only::equals);
            });
            coverage.write("sweep");
            Path written = page;
            if (written != null) {
                run.write(written, words);
            }
            if (scenariosInto != null) {
                run.writeScenarios(scenariosInto);
            }
            return run.print(spec.commandLine().getOut(), output, this::again);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    private String again(String fault) {
        return Again.command(
                spec,
                "--only",
                fault,
                Set.of("--budget", "--only", "--stride", "-o", "--report", "--scenarios", "--coverage"));
    }

    private ForeignSession foreignSession(ClientUnderTest client) {
        if (golden != null || names.size() > 1) {
            throw CommandFailedException.usage(
                    "a program is swept with a session of PgReel's own, a scenario or a recorded session; name one at most");
        }
        if (names.isEmpty()) {
            return ForeignSession.twoStatements();
        }
        var sessions = new SweptSessions(key, output);
        if (names.get(0).indexOf('#') < 0) {
            return ForeignSession.of(sessions.named(names).get(0));
        }
        if (client.abilities().sql()) {
            throw CommandFailedException.usage(
                    "a recorded session is played to the program that it was recorded of; leave {sql} out");
        }
        return sessions.replayed(names.get(0));
    }

    private void shrink(Sweep.Result result) {
        Path into = shrinkInto;
        if (into != null) {
            result.broken().stream()
                    .filter(broken -> broken.invariant() != null)
                    .flatMap(broken -> new Shrinker(broken, Plant.NONE).shrink().stream())
                    .findFirst()
                    .ifPresent(shrunk -> ShrunkFiles.write(shrunk, into));
        }
    }

    private List<Scenario> scenarios() {
        if ((golden == null) == names.isEmpty()) {
            throw CommandFailedException.usage("give scenarios, or --golden");
        }
        if (golden == null) {
            return new SweptSessions(key, output).named(names);
        }
        var scenarios = new ArrayList<Scenario>();
        for (String name : golden.isEmpty() ? Golden.names() : List.of(golden.split(","))) {
            if (!Golden.names().contains(name)) {
                throw CommandFailedException.usage(
                        "there is no golden session \"" + name + "\"; there are " + String.join(", ", Golden.names()));
            }
            scenarios.add(Golden.named(name));
        }
        return scenarios;
    }

    private static Subject subject(Scenario scenario) {
        try {
            return new Subject(scenario);
        } catch (UnplayableException unplayable) {
            throw CommandFailedException.usage(String.valueOf(unplayable.getMessage()));
        }
    }

    private Sweep.Options options() {
        if (parallel != null && parallel < 1) {
            throw CommandFailedException.usage("--parallel is at least 1");
        }
        if (stride < 1) {
            throw CommandFailedException.usage("--stride is at least 1");
        }
        if (!Set.of("B", "F", "both").contains(direction)) {
            throw CommandFailedException.usage("--direction is B, F or both");
        }
        Set<String> known = new TreeSet<>();
        for (Tamper.Kind kind : Tamper.Kind.values()) {
            known.add(kind.name().toLowerCase(Locale.ROOT));
        }
        for (String effect : effects) {
            if (!known.contains(effect)) {
                throw CommandFailedException.usage(
                        "there is no effect \"" + effect + "\"; there are " + String.join(", ", known));
            }
        }
        return new Sweep.Options(
                tamper -> effects.isEmpty()
                        || effects.contains(tamper.kind().name().toLowerCase(Locale.ROOT)),
                way -> direction.equals("both") || direction.charAt(0) == way.letter(),
                prune,
                stride);
    }
}
