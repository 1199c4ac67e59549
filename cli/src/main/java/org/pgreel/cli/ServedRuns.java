package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.server.PlayedRun;
import org.pgreel.scenarios.report.Report;
import org.pgreel.scenarios.report.ReportRow;

/** The verdicts of served runs: printed as they come, written to the reports, and summed up in an exit status. */
final class ServedRuns {

    private final List<ServedScript> scripts;
    private final ServerOutput out;
    private final List<Path> lines;
    private final CountDownLatch each;
    private final Set<String> judged = new HashSet<>();
    private final List<ReportRow> rows = new ArrayList<>();
    private final List<Map<String, Object>> documents = new ArrayList<>();

    ServedRuns(List<ServedScript> scripts, ServerOutput out, ReportOptions reports) {
        this.scripts = scripts;
        this.out = out;
        this.lines = reports.ending(".jsonl");
        this.each = new CountDownLatch(scripts.size());
        lines.forEach(file -> ReportOptions.write(file, ""));
    }

    /** A run is over. Called on the thread of the servers. */
    synchronized void ended(String name, PlayedRun run) {
        PlayReport report = run.report();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("scenario", name);
        fields.put("run", run.number());
        fields.put("passed", report.passed());
        fields.put("problems", report.problems());
        fields.put("connections", report.connections());
        documents.add(fields);
        String verdict = report.passed() ? "passed" : "failed";
        Paint paint = out.paint();
        String prefix = scripts.size() > 1 ? name + " run " : "run ";
        out.event(
                "verdict",
                fields,
                prefix + run.number() + " " + paint.verdict(report.passed(), verdict) + ": "
                        + (report.passed() ? run.sentence() : report.text().strip()));
        rows.add(new ReportRow(
                name,
                name + " run " + run.number(),
                verdict,
                report.passed() ? ReportRow.State.GOOD : ReportRow.State.BAD,
                run.sentence(),
                report.passed() ? "" : report.text(),
                0));
        lines.forEach(file -> append(file, Json.line(fields) + "\n"));
        if (judged.add(name)) {
            each.countDown();
        }
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the report " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Returns what is counted down to zero when each script has a verdict. */
    CountDownLatch each() {
        return each;
    }

    /**
     * Returns the exit status: a failed run is a failed check.
     *
     * @param awaited whether there had to be a run; then none is a failure, too
     */
    synchronized int status(boolean awaited) {
        if (awaited && rows.isEmpty()) {
            out.event(
                    "verdict",
                    Map.of("scenario", scripts.get(0).name(), "passed", false, "problems", List.of("nobody came")),
                    out.paint().bad("failed") + ": the program never connected to this server");
            return ExitStatus.CHECK_FAILED;
        }
        boolean failed = rows.stream().anyMatch(row -> row.state() == ReportRow.State.BAD);
        return failed ? ExitStatus.CHECK_FAILED : ExitStatus.DONE;
    }

    /** Writes the reports that are whole documents. */
    synchronized void write(ReportOptions reports) {
        reports.ending(".json").forEach(file -> ReportOptions.write(file, Json.line(documents) + "\n"));
        reports.write(new Report("pgreel serve", List.of(rows.size() + " runs"), rows));
    }
}
