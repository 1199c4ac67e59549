package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.drive.Stages;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel scenarios}: lists the catalogue, and explains what is in it. */
@Command(
        name = "scenarios",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the scenarios of the catalogue. With NAME prints the file. With --run runs them.",
            "Of several options all must hold. --origin finds what begins with the word, in capitals or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel scenarios --phase tls",
            "  pgreel scenarios --origin CVE",
            "  pgreel scenarios ssl-junk-byte --expand",
            "  pgreel scenarios --run --report run.html"
        })
final class ScenariosCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME|FILE",
            arity = "0..*",
            description = "Names of the catalogue, or scenario files (.yaml).")
    private List<String> names = new ArrayList<>();

    @Mixin
    private ScenarioFilter filter = new ScenarioFilter();

    @Option(names = "--expand", description = "Print the script with the ready-made blocks written out.")
    private boolean expand;

    @Option(
            names = "--run",
            description = "Run them against PgReel's own client; exit with 1 if one fails. Those that wait for an "
                    + "operation that the client does not have yet are counted.")
    private boolean run;

    @Option(
            names = "--chunkings",
            paramLabel = "HOW",
            split = ",",
            description =
                    "How the server's writes are cut: whole, bytes, cuts (beside each message's end), seeds, memory "
                            + "(all these), tcp (over TCP), all; or one alone, as cut:117. Default: all.")
    private List<String> chunkings = List.of("all");

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        PrintWriter out = spec.commandLine().getOut();
        List<Scenario> scenarios = filter.of(names.isEmpty() ? Catalogue.load().scenarios() : named());
        if (run) {
            var ran = OwnClientRun.of(scenarios, chunkings, output, whole());
            ran.write(reports);
            coverage.counts().add(ran.edges());
            coverage.write("scenarios");
            return ran.print(out);
        }
        if (names.isEmpty()) {
            list(scenarios, out);
        } else {
            explain(scenarios, out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private void check() {
        if (expand && (run || names.isEmpty())) {
            throw CommandFailedException.usage(
                    run ? "--expand prints and --run runs; give one of them" : "--expand needs the name of a scenario");
        }
        boolean cut = spec.commandLine().getParseResult().hasMatchedOption("--chunkings");
        if (!run && (cut || !reports.files.isEmpty() || coverage.wanted())) {
            String option = cut ? "--chunkings" : coverage.wanted() ? "--coverage" : "--report";
            throw CommandFailedException.usage(option + " belongs to --run");
        }
        reports.check();
    }

    /** Tells whether all of the catalogue runs, to which the matrix belongs. */
    private boolean whole() {
        return names.isEmpty() && filter.isEmpty();
    }

    private List<Scenario> named() {
        var scenarios = new ArrayList<Scenario>();
        for (ServedScript script : ServedScript.named(names)) {
            scenarios.add(requireScenario(script.name(), script.scenario()));
        }
        return scenarios;
    }

    static Scenario requireScenario(String name, @Nullable Scenario scenario) {
        if (scenario == null) {
            throw CommandFailedException.usage(name + " is a script without an envelope; name a scenario file (.yaml)");
        }
        return scenario;
    }

    private void list(List<Scenario> scenarios, PrintWriter out) {
        if (output.json) {
            out.println(
                    Json.line(scenarios.stream().map(ScenariosCommand::envelope).toList()));
            return;
        }
        if (scenarios.isEmpty()) {
            out.println("no scenario of the catalogue fits");
            return;
        }
        ScenarioTable.of(scenarios, filter).print(out);
        out.println();
        long waiting = scenarios.stream()
                .filter(scenario -> Stages.waitsFor(scenario).isPresent())
                .count();
        out.println((scenarios.size() == 1 ? "1 scenario" : scenarios.size() + " scenarios")
                + (waiting == 0
                        ? ""
                        : "; " + waiting + " of them wait for an operation that PgReel's client does not have yet"));
    }

    private static Map<String, Object> envelope(Scenario scenario) {
        Map<String, Object> fields = ScenarioJson.envelope(scenario);
        fields.put("waitsFor", Stages.waitsFor(scenario).orElse(null));
        return fields;
    }

    private void explain(List<Scenario> scenarios, PrintWriter out) {
        if (output.json) {
            List<Map<String, Object>> documents =
                    scenarios.stream().map(this::document).toList();
            out.println(Json.line(documents.size() == 1 && names.size() == 1 ? documents.get(0) : documents));
            return;
        }
        for (int i = 0; i < scenarios.size(); i++) {
            Scenario scenario = scenarios.get(i);
            if (i > 0) {
                out.println(expand ? "" : "---");
            }
            if (expand) {
                out.println("# " + scenario.name() + ": " + scenario.shows());
                out.print(scenario.expanded().print());
            } else {
                out.print(scenario.source().text());
            }
        }
    }

    private Map<String, Object> document(Scenario scenario) {
        return expand ? ScenarioJson.expanded(scenario) : ScenarioJson.whole(scenario);
    }
}
