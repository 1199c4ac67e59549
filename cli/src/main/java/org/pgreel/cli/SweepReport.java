package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.pgreel.scenarios.sweep.Invariant;
import org.pgreel.scenarios.sweep.Sweep;

/** Tells what sweeps have come to: a line for each session, what was skipped and why, and what is broken. */
final class SweepReport {
    private final OutputOptions output;
    private final List<Row> rows = new ArrayList<>();

    /** One session's. */
    private record Row(String name, Sweep.Result result, double seconds, double processorSeconds) {
        long perSecond() {
            return Math.round(result.runs() / Math.max(processorSeconds, 1e-9));
        }
    }

    SweepReport(OutputOptions output) {
        this.output = output;
    }

    /** A session has been swept. */
    void add(String name, SweepWork.Outcome outcome) {
        rows.add(new Row(name, outcome.result(), outcome.seconds(), outcome.processorSeconds()));
    }

    boolean broken() {
        return rows.stream().anyMatch(row -> row.result().brokenRuns() > 0);
    }

    /**
     * Prints all.
     *
     * @param again the command that repeats a run, by its fault
     */
    void print(PrintWriter out, UnaryOperator<String> again) {
        if (output.json) {
            out.println(Json.line(document(again)));
            return;
        }
        var table =
                new TextTable("session", ">effects x points", ">skipped", ">runs", ">broken", ">seconds", ">runs/s");
        for (Row row : rows) {
            Sweep.Result result = row.result();
            table.row(
                    row.name(),
                    result.product(),
                    result.product() - result.runs(),
                    result.runs(),
                    result.brokenRuns(),
                    String.format(Locale.ROOT, "%.1f", row.seconds()),
                    row.perSecond());
        }
        table.print(out);
        if (!output.quiet) {
            out.println();
            out.println("skipped:");
            skipped().forEach((reason, count) -> out.println("  " + count + "  " + reason));
            out.println("held behind every run" + (broken() ? ", but for those below:" : ":"));
            Invariant.ALL.forEach(invariant -> out.println("  " + invariant.sentence()));
        }
        for (Row row : rows) {
            row.result().broken().forEach(broken -> out.println(output.paint().bad("broken") + ": " + broken));
        }
        firstBroken().ifPresent(broken -> out.println("the first again: " + again.apply(broken)));
        String verdict = total("runs") + " runs, " + total("broken") + " broken";
        out.println(output.paint().verdict(!broken(), verdict) + "; " + perSecond()
                + " runs a second of one processor's time");
    }

    private Map<String, Long> skipped() {
        var skipped = new TreeMap<String, Long>();
        rows.forEach(row -> row.result().skipped().forEach((reason, count) -> skipped.merge(reason, count, Long::sum)));
        return skipped;
    }

    private long total(String what) {
        return rows.stream()
                .mapToLong(row ->
                        what.equals("runs") ? row.result().runs() : row.result().brokenRuns())
                .sum();
    }

    private long perSecond() {
        double seconds = rows.stream().mapToDouble(Row::processorSeconds).sum();
        return Math.round(total("runs") / Math.max(seconds, 1e-9));
    }

    private Optional<String> firstBroken() {
        return rows.stream()
                .flatMap(row -> row.result().broken().stream())
                .map(broken -> broken.fault().toString())
                .findFirst();
    }

    private Map<String, Object> document(UnaryOperator<String> again) {
        var document = new LinkedHashMap<String, Object>();
        document.put("runs", total("runs"));
        document.put("broken", total("broken"));
        document.put("runsPerSecond", perSecond());
        document.put("skipped", skipped());
        document.put("again", firstBroken().map(again).orElse(null));
        document.put("sessions", rows.stream().map(SweepReport::fields).toList());
        return document;
    }

    private static Map<String, Object> fields(Row row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", row.name());
        fields.put("product", row.result().product());
        fields.put("runs", row.result().runs());
        fields.put("broken", row.result().brokenRuns());
        fields.put("seconds", row.seconds());
        fields.put("runsPerSecond", row.perSecond());
        fields.put("skipped", row.result().skipped());
        fields.put(
                "firstBroken",
                row.result().broken().stream().map(Sweep.Broken::toString).toList());
        return fields;
    }
}
