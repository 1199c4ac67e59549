package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.check.CheckCase;
import org.pgreel.scenarios.check.CheckDocuments;
import org.pgreel.scenarios.check.CheckReport;
import org.pgreel.scenarios.check.Control;
import org.pgreel.scenarios.check.Grade;

/** Prints what a check came to: a table for people, one document for machines. */
final class CheckTable {

    private static final int WHY_MAX = 110;

    private final PrintWriter out;
    private final OutputOptions options;
    private final Paint paint;

    CheckTable(PrintWriter out, OutputOptions options) {
        this.out = out;
        this.options = options;
        this.paint = options.paint();
    }

    /**
     * Prints the check.
     *
     * @param report the check
     * @param differences from the baseline; null without one
     */
    void print(CheckReport report, @Nullable List<String> differences) {
        if (options.json) {
            var document = CheckDocuments.json(report);
            if (differences != null) {
                document.put("differences", differences);
            }
            out.println(Json.line(document));
            out.flush();
            return;
        }
        controls(report.controls());
        cases(report.cases());
        out.println();
        out.println(CheckDocuments.counts(report) + " (" + String.format(Locale.ROOT, "%.1f", report.seconds())
                + " s, seed " + report.seed() + ")");
        if (differences != null) {
            boolean same = differences.isEmpty();
            out.println(paint.verdict(same, same ? "as in the baseline" : "not as in the baseline:"));
            differences.forEach(difference -> out.println("  " + difference));
        }
        out.flush();
    }

    private void controls(List<Control> controls) {
        long good = controls.stream().filter(Control::good).count();
        out.println("manages " + good + " of " + controls.size() + " healthy servers");
        controls.stream()
                .filter(control -> !control.good())
                .forEach(control -> out.println("  not " + control.name() + ": " + cut(control.sentence())));
        out.println();
    }

    private void cases(List<CheckCase> cases) {
        var table = new TextTable("scenario", "grade", ">seconds", "why");
        for (CheckCase it : cases) {
            String why = it.grade() == Grade.OK || it.grade() == Grade.NOT_APPLICABLE
                    ? it.got()
                    : (it.line() > 0 ? "line " + it.line() + ": " : "") + "expected " + it.expected() + "; " + it.got();
            table.row(it.name(), grade(it.grade()), String.format(Locale.ROOT, "%.2f", it.seconds()), cut(why));
        }
        table.print(out);
    }

    private String grade(Grade grade) {
        if (grade == Grade.OK) {
            return paint.good(grade.word());
        }
        return grade.bad() ? paint.bad(grade.word()) : grade.word();
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= WHY_MAX ? line : line.substring(0, WHY_MAX - 1) + "…";
    }
}
