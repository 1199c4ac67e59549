package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Chunking;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.report.Report;
import org.pgreel.scenarios.report.ReportRow;
import org.pgreel.scenarios.run.CatalogueRun;
import org.pgreel.scenarios.run.Verdict;
import org.pgreel.scenarios.sweep.CatalogueCoverage;

/** Runs scenarios against PgReel's own client and tells what came of it. */
final class OwnClientRun {
    private static final List<String> SEVERAL = List.of("all", "memory", "tcp", "cuts", "seeds");
    private static final String TCP = "tcp:";
    /** Of more failures than these only the first are told in full. */
    private static final int FULL_MAX = 5;

    private final List<Scenario> scenarios;
    private final OutputOptions output;
    private final List<Verdict> verdicts;
    private final EdgeCounts edges;
    private final @Nullable CatalogueCoverage matrix;

    private OwnClientRun(
            List<Scenario> scenarios, OutputOptions output, CatalogueRun run, @Nullable CatalogueCoverage matrix) {
        this.scenarios = scenarios;
        this.output = output;
        this.verdicts = run.verdicts();
        this.edges = run.coverage().edges();
        this.matrix = matrix;
    }

    /**
     * Runs them, as many at a time as there are processors.
     *
     * @param words the fragmentations
     * @param matrix whether each message in each state is played too
     * @throws CommandFailedException wrong usage: a word is none
     */
    static OwnClientRun of(List<Scenario> scenarios, List<String> words, OutputOptions output, boolean matrix) {
        words.forEach(OwnClientRun::check);
        // Twice, because those over sockets wait more than they compute.
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        try (var progress = ScenarioProgress.of(output, scenarios.size())) {
            CatalogueRun run = CatalogueRun.of(scenarios, words, threads, progress);
            CatalogueCoverage played =
                    matrix ? CatalogueCoverage.of(scenarios, run.coverage().edges()) : null;
            return new OwnClientRun(scenarios, output, run, played);
        }
    }

    private static void check(String word) {
        if (SEVERAL.contains(word)) {
            return;
        }
        try {
            Chunking.of(word.startsWith(TCP) ? word.substring(TCP.length()) : word);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage("--chunkings: \"" + word
                    + "\" is no fragmentation; use all, memory, tcp, whole, bytes, cuts, seeds, or one alone, as cut:117,"
                    + " seed:4, tcp:bytes");
        }
    }

    /** Prints what came of the runs and returns the exit status. */
    int print(PrintWriter out) {
        if (output.json) {
            out.println(Json.line(document()));
        } else {
            text(out);
        }
        out.flush();
        return passed() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private boolean passed() {
        return failed().isEmpty() && (matrix == null || matrix.problems().isEmpty());
    }

    private void text(PrintWriter out) {
        List<Verdict.Failed> failed = failed();
        if (!failed.isEmpty()) {
            var table = new TextTable("failed", "fragmentation", "problem");
            failed.forEach(verdict -> table.row(verdict.scenario(), verdict.chunking(), verdict.problem()));
            table.print(out);
            out.println();
            failed.stream().limit(FULL_MAX).forEach(verdict -> out.println(verdict.text()));
        }
        Map<String, Integer> waiting = waiting();
        if (!waiting.isEmpty() && !output.quiet) {
            var words = new ArrayList<String>();
            waiting.forEach((operation, count) -> words.add(operation + " " + count));
            out.println("waiting for what is not there yet: " + String.join(", ", words));
        }
        if (matrix != null) {
            matrix.problems().forEach(problem -> out.println(output.paint().bad("matrix") + ": " + problem));
            out.println("each message in each state of the matrix: " + matrix.runs() + " runs, "
                    + matrix.problems().size() + " failed");
        }
        out.println(output.paint().verdict(passed(), counts()));
    }

    /** Returns which edges of the conversation matrix were exercised. */
    EdgeCounts edges() {
        return edges;
    }

    /** Returns one line that counts the verdicts. */
    private String counts() {
        long runs = runs();
        return of(Verdict.Passed.class).size() + " passed (" + runs + (runs == 1 ? " run), " : " runs), ")
                + failed().size() + " failed, "
                + of(Verdict.Waiting.class).size() + " waiting";
    }

    private long runs() {
        return of(Verdict.Passed.class).stream().mapToLong(Verdict.Passed::runs).sum();
    }

    private List<Verdict.Failed> failed() {
        return of(Verdict.Failed.class);
    }

    private <V extends Verdict> List<V> of(Class<V> kind) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Map<String, Integer> waiting() {
        var waiting = new TreeMap<String, Integer>();
        of(Verdict.Waiting.class).forEach(verdict -> waiting.merge(verdict.need(), 1, Integer::sum));
        return waiting;
    }

    private Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("passed", of(Verdict.Passed.class).size());
        document.put("failed", failed().size());
        document.put("waiting", of(Verdict.Waiting.class).size());
        document.put("runs", runs());
        if (matrix != null) {
            document.put("matrix", Map.of("runs", matrix.runs(), "problems", matrix.problems()));
        }
        document.put("scenarios", rows());
        return document;
    }

    private List<Map<String, Object>> rows() {
        var rows = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < verdicts.size(); i++) {
            rows.add(fields(scenarios.get(i), verdicts.get(i)));
        }
        return rows;
    }

    private static Map<String, Object> fields(Scenario scenario, Verdict verdict) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", scenario.name());
        fields.put("phase", scenario.phase().word());
        fields.put("origin", scenario.origin());
        fields.put("verdict", word(verdict));
        fields.put("runs", verdict instanceof Verdict.Passed passed ? passed.runs() : 0);
        fields.put("waitsFor", verdict instanceof Verdict.Waiting waiting ? waiting.need() : null);
        Verdict.Failed failed = verdict instanceof Verdict.Failed failure ? failure : null;
        fields.put("chunking", failed == null ? null : failed.chunking());
        fields.put("problem", failed == null ? null : failed.problem());
        fields.put("text", failed == null ? null : failed.text());
        return fields;
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Verdict.Passed) {
            return "passed";
        }
        return verdict instanceof Verdict.Failed ? "failed" : "waiting";
    }

    /** Writes the reports that were asked for. */
    void write(ReportOptions reports) {
        reports.ending(".json").forEach(file -> ReportOptions.write(file, Json.line(document()) + "\n"));
        var lines = new StringBuilder();
        rows().forEach(row -> lines.append(Json.line(row)).append('\n'));
        reports.ending(".jsonl").forEach(file -> ReportOptions.write(file, lines.toString()));
        reports.write(report());
    }

    private Report report() {
        var rows = new ArrayList<ReportRow>();
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            boolean failed = verdict instanceof Verdict.Failed;
            rows.add(new ReportRow(
                    scenarios.get(i).phase().word(),
                    verdict.scenario(),
                    word(verdict),
                    failed
                            ? ReportRow.State.BAD
                            : verdict instanceof Verdict.Passed ? ReportRow.State.GOOD : ReportRow.State.SKIPPED,
                    verdict.sentence(),
                    verdict instanceof Verdict.Failed failure ? failure.text() : "",
                    0));
        }
        return new Report("Scenarios against PgReel's own client", List.of(counts()), rows);
    }
}
