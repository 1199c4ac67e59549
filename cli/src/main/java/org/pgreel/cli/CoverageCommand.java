package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.CoverageFile;
import org.pgreel.scenarios.coverage.CoveragePage;
import org.pgreel.scenarios.coverage.CoverageShare;
import org.pgreel.scenarios.coverage.Edge;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.coverage.Matrix;
import org.pgreel.scenarios.coverage.MatrixStates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel coverage}: adds up what runs have exercised of the conversation matrix. */
@Command(
        name = "coverage",
        mixinStandardHelpOptions = true,
        description = {
            "Adds up which messages in which states of the protocol runs have exercised, and with which faults.",
            "RUN is a file that '--coverage FILE' of scenarios, check, serve, replay, sweep or explore has written, or the "
                    + "JUnit tests that -Dpgreel.coverage=FILE was set for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel scenarios --run --coverage catalogue.json",
            "  pgreel coverage catalogue.json --min 100",
            "  pgreel coverage monday.json tuesday.json --of legal --min 60 --report coverage.html"
        })
final class CoverageCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Files of coverage.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--of", paramLabel = "KIND", description = "What --min is of: all, legal or illegal. Default: all.")
    private String of = "all";

    @Option(
            names = {"--min", "--require"},
            paramLabel = "PERCENT",
            description = "Exit with 1 if less was exercised.")
    private @Nullable Double min;

    @Option(names = "--missing", description = "Print what was not exercised.")
    private boolean missing;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page (.html) or the sum of all runs (.json), by the end of the name.")
    private List<Path> reports = new ArrayList<>();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        format.applyTo(output);
        Predicate<Edge> wanted = wanted();
        for (Path report : reports) {
            if (!report.toString().endsWith(".html") && !report.toString().endsWith(".json")) {
                throw CommandFailedException.usage("the report " + report + " ends with none of .html .json");
            }
        }
        var counts = new EdgeCounts();
        files.forEach(file -> counts.add(read(file)));
        for (Path report : reports) {
            boolean page = report.toString().endsWith(".html");
            ReportOptions.write(report, page ? CoveragePage.html(counts) : CoverageFile.print(counts));
        }
        CoverageShare share = CoverageShare.of(counts, wanted);
        boolean enough = min == null || share.percent() >= min;
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.line(document(counts, enough)));
        } else {
            print(out, counts, wanted);
            if (min != null) {
                out.println(of + ": " + share.inFull() + (enough ? ", enough for " : ", and ") + min
                        + (enough ? " %" : " % are required"));
            }
        }
        out.flush();
        return enough ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private Predicate<Edge> wanted() {
        return switch (of) {
            case "all" -> edge -> true;
            case "legal" -> Matrix::legal;
            case "illegal" -> edge -> !Matrix.legal(edge);
            default -> throw CommandFailedException.usage("--of is all, legal or illegal");
        };
    }

    private static EdgeCounts read(Path file) {
        try {
            return CoverageFile.read(file);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be read: " + Failures.what(e), e);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.inputOutput(file + ": " + Failures.what(e), e);
        }
    }

    private void print(PrintWriter out, EdgeCounts counts, Predicate<Edge> wanted) {
        if (!output.quiet) {
            var table = new TextTable("state", ">legal >", ">legal <", ">illegal >", ">illegal <", ">faults");
            Map<Edge, Map<String, Long>> faults = counts.faults();
            for (String state : MatrixStates.names()) {
                table.row(
                        state,
                        share(counts, state, Direction.FRONTEND, true),
                        share(counts, state, Direction.BACKEND, true),
                        share(counts, state, Direction.FRONTEND, false),
                        share(counts, state, Direction.BACKEND, false),
                        faults.entrySet().stream()
                                .filter(struck -> struck.getKey().state().equals(state))
                                .mapToInt(struck -> struck.getValue().size())
                                .sum());
            }
            table.print(out);
            out.println();
        }
        if (missing) {
            Matrix.all().keySet().stream()
                    .filter(wanted)
                    .filter(edge -> !counts.has(edge))
                    .forEach(edge -> out.println("missing: " + edge));
        }
        CoveragePage.totals(counts).forEach((what, share) -> out.println(what + ": " + share.inFull()));
    }

    private static String share(EdgeCounts counts, String state, Direction from, boolean legal) {
        Predicate<Edge> kind = CoverageShare.kind(from, legal);
        CoverageShare share = CoverageShare.of(counts, edge -> edge.state().equals(state) && kind.test(edge));
        return share.all() == 0 ? "" : share.covered() + "/" + share.all();
    }

    private Map<String, Object> document(EdgeCounts counts, boolean enough) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("runs", counts.runs());
        CoveragePage.totals(counts)
                .forEach((what, share) -> document.put(
                        what, Map.of("covered", share.covered(), "all", share.all(), "percent", share.percent())));
        document.put("enough", enough);
        document.put(
                "missing",
                Matrix.all().keySet().stream()
                        .filter(edge -> !counts.has(edge))
                        .map(Edge::toString)
                        .toList());
        Map<String, Object> faults = new LinkedHashMap<>();
        counts.faults().forEach((edge, effects) -> faults.put(edge.toString(), effects));
        document.put("faults", faults);
        return document;
    }
}
