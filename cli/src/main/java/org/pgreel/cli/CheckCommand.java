package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.Durations;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.check.CheckDocuments;
import org.pgreel.scenarios.check.CheckOptions;
import org.pgreel.scenarios.check.CheckReport;
import org.pgreel.scenarios.check.ClientCheck;
import org.pgreel.scenarios.check.ClientUnderTest;
import org.pgreel.scenarios.check.DriverClient;
import org.pgreel.scenarios.check.Grid;
import org.pgreel.scenarios.check.MisconfiguredException;
import org.pgreel.scenarios.check.ProgramClient;
import org.pgreel.scenarios.check.ProgramCommand;
import org.pgreel.scenarios.file.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgreel check}: runs any program against the catalogue and grades what it does. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Runs any program that talks to PostgreSQL against the catalogue of scenarios, and grades each.",
            "It is run against healthy servers first: what it prints there is what answers are compared with, and a "
                    + "program that fails there is misconfigured (status 2) and not graded."
        },
        footer = {
            "",
            "COMMAND is run once a scenario. {host} {port} {user} {password} {dbname} {sslmode} {channel-binding} "
                    + "{require-auth} {sql} {url} {jdbc-url} in its words are filled in, and PGHOST, PGPORT, PGUSER, "
                    + "PGPASSWORD, PGDATABASE, PGSSLMODE are set. A word with {sql} comes once a statement, with the option "
                    + "in front of it. A scenario that needs what the command does not take is not applicable.",
            "",
            "Grades: ok, wrong answer, accepted, gave up, crash, never ended, leaked, not applicable (docs/check.md).",
            "",
            "Examples:",
            "  pgreel check -- psql -X 'host={host} port={port} user={user} dbname={dbname} sslmode={sslmode}' -c {sql}",
            "  pgreel check --repeat 2 --baseline psql.grid --report check.html -- ./my-program {url} {sql}"
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME|FILE",
            arity = "0..*",
            description = "Scenarios of the catalogue, or scenario files. Default: the whole catalogue.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long a run may take from its first connection on, as 300ms or 5s. Default: 5s.")
    private Duration timeout = Duration.ofSeconds(5);

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description =
                    "How many runs are busy at a time; those that only wait do not count. Default: four a processor.")
    private int parallel = 4 * Runtime.getRuntime().availableProcessors();

    @Option(names = "--repeat", paramLabel = "N", description = "Play each scenario so often. Default: 1.")
    private int repeat = 1;

    @Option(
            names = "--baseline",
            paramLabel = "GRID",
            description = "Fail where the grades differ from this grid, and only there. '--report x.grid' writes one.")
    private @Nullable Path baseline;

    @Option(
            names = "--crash-pattern",
            paramLabel = "RE",
            description = "What standard error looks like behind a crash, as a regular expression of Java.")
    private @Nullable String crashPattern;

    @Option(
            names = "--driver",
            description =
                    "COMMAND is started once and told of one run after another, a line of JSON each; for programs "
                            + "that are slow to start (docs/check.md).")
    private boolean driver;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats the passwords, keys and nonces of another check.")
    private @Nullable Long seed;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CheckOptions options = options();
        reports.check(".grid");
        ProgramCommand words = command();
        Grid before = baseline == null ? null : grid(baseline);
        List<Scenario> scenarios = scenarios();
        try (ClientUnderTest client = client(words)) {
            return told(checked(client, options, scenarios), before);
        } catch (MisconfiguredException e) {
            throw CommandFailedException.usage(Failures.what(e));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the program cannot be run: " + Failures.what(e), e);
        }
    }

    private CheckReport checked(ClientUnderTest client, CheckOptions options, List<Scenario> scenarios)
            throws MisconfiguredException, IOException, InterruptedException {
        try (var progress = CheckProgress.of(output)) {
            var check = new ClientCheck(client, options, progress);
            if (coverage.wanted()) {
                check.covering(coverage.counts());
            }
            CheckReport report = check.run(scenarios);
            coverage.write("check");
            return report;
        }
    }

    private CheckOptions options() {
        if (parallel < 1 || repeat < 1) {
            throw CommandFailedException.usage("--parallel and --repeat are at least 1");
        }
        try {
            Pattern crash = crashPattern == null ? CheckOptions.CRASH : Pattern.compile(crashPattern);
            long chosen = seed == null ? new SecureRandom().nextInt() & 0xFFFFFFFFL : seed;
            return new CheckOptions(timeout, parallel, repeat, crash, chosen);
        } catch (PatternSyntaxException e) {
            throw CommandFailedException.usage("--crash-pattern is no regular expression: " + e.getDescription());
        }
    }

    private ProgramCommand command() {
        List<String> words = program.command();
        if (words == null) {
            throw CommandFailedException.usage("there is no program to check; name it behind '--'");
        }
        try {
            return new ProgramCommand(words);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    private ClientUnderTest client(ProgramCommand words) {
        try {
            return driver ? new DriverClient(words) : new ProgramClient(words);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    private static Grid grid(Path file) {
        try {
            return Grid.parse(Files.readString(file));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the grid " + file + " cannot be read: " + Failures.what(e), e);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.inputOutput("the grid " + file + " is none: " + Failures.what(e), e);
        }
    }

    private List<Scenario> scenarios() {
        if (names.isEmpty()) {
            return Catalogue.load().scenarios();
        }
        return ServedScript.named(names).stream()
                .map(served -> {
                    if (served.scenario() == null) {
                        throw CommandFailedException.usage("the script " + served.name()
                                + " has no outcome; 'pgreel check' needs a scenario file");
                    }
                    return served.scenario();
                })
                .toList();
    }

    private int told(CheckReport report, @Nullable Grid before) {
        reports.ending(".json")
                .forEach(file -> ReportOptions.write(file, Json.line(CheckDocuments.json(report)) + "\n"));
        reports.ending(".jsonl").forEach(file -> ReportOptions.write(file, lines(report)));
        reports.ending(".grid")
                .forEach(file -> ReportOptions.write(file, Grid.of(report).print(report.client())));
        reports.write(CheckDocuments.page(report));
        List<String> differences = before == null ? List.of() : before.differences(report, names.isEmpty());
        var table = new CheckTable(spec.commandLine().getOut(), output);
        table.print(report, before == null ? null : differences);
        boolean good = before == null ? report.good() : differences.isEmpty();
        return good ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private static String lines(CheckReport report) {
        var text = new StringBuilder();
        report.cases()
                .forEach(it -> text.append(Json.line(CheckDocuments.json(it))).append('\n'));
        return text.toString();
    }

    /** Reads a time as scenario files write it. */
    static final class DurationConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String word) {
            return Durations.of(word)
                    .filter(time -> !time.isZero())
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is no time, as 300ms or 5s"));
        }
    }
}
