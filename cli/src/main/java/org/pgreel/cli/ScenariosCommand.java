package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.catalogue.Catalogue;
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
            "Lists the scenarios of the catalogue. With NAME prints the file.",
            "Of several options all must hold. --origin finds what begins with the word, in capitals or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel scenarios --phase tls",
            "  pgreel scenarios --origin CVE",
            "  pgreel scenarios ssl-junk-byte --expand"
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

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (expand && names.isEmpty()) {
            throw CommandFailedException.usage("--expand needs the name of a scenario");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (names.isEmpty()) {
            list(filter.of(Catalogue.load().scenarios()), out);
        } else {
            explain(filter.of(named()), out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private List<Scenario> named() {
        var scenarios = new ArrayList<Scenario>();
        for (ServedScript script : ServedScript.named(names)) {
            scenarios.add(requireScenario(script.name(), script.scenario()));
        }
        return scenarios;
    }

    private static Scenario requireScenario(String name, @Nullable Scenario scenario) {
        if (scenario == null) {
            throw CommandFailedException.usage(name + " is a script without an envelope; name a scenario file (.yaml)");
        }
        return scenario;
    }

    private void list(List<Scenario> scenarios, PrintWriter out) {
        if (output.json) {
            out.println(Json.line(scenarios.stream().map(ScenarioJson::envelope).toList()));
            return;
        }
        if (scenarios.isEmpty()) {
            out.println("no scenario of the catalogue fits");
            return;
        }
        ScenarioTable.of(scenarios, filter).print(out);
        out.println();
        out.println(scenarios.size() == 1 ? "1 scenario" : scenarios.size() + " scenarios");
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
