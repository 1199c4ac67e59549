package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pgreel.scenarios.report.Report;
import org.pgreel.scenarios.report.ReportRow;

/** What a check came to, in forms that others can read. */
public final class CheckDocuments {
    private CheckDocuments() {}

    /** Returns the check as maps, lists, words and numbers, for JSON. */
    public static Map<String, Object> json(CheckReport report) {
        var document = new LinkedHashMap<String, Object>();
        document.put("client", report.client());
        document.put("seed", report.seed());
        document.put("seconds", rounded(report.seconds()));
        document.put("controls", report.controls());
        var cases = new ArrayList<Map<String, Object>>();
        report.cases().forEach(it -> cases.add(json(it)));
        document.put("cases", cases);
        document.put("counts", report.counts());
        return document;
    }

    /** Returns one case as a map. */
    public static Map<String, Object> json(CheckCase it) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", it.name());
        fields.put("phase", it.phase());
        fields.put("grade", it.grade().word());
        fields.put("grades", it.grades().stream().map(Grade::word).toList());
        fields.put("allowed", it.allowed());
        fields.put("line", it.line());
        fields.put("expected", it.expected());
        fields.put("got", it.got());
        fields.put("seconds", rounded(it.seconds()));
        return fields;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    /** Returns the check as a page. */
    public static Report page(CheckReport report) {
        List<ReportRow> rows = report.cases().stream().map(CheckDocuments::row).toList();
        var lines = new ArrayList<String>();
        lines.add(counts(report));
        lines.add("seed " + report.seed());
        report.controls().stream()
                .filter(control -> !control.good())
                .forEach(control -> lines.add("fails against " + control.name() + ": " + control.sentence()));
        return new Report("pgreel check: " + report.client(), lines, rows);
    }

    private static ReportRow row(CheckCase it) {
        ReportRow.State state = it.bad()
                ? ReportRow.State.BAD
                : it.grade() == Grade.OK ? ReportRow.State.GOOD : ReportRow.State.SKIPPED;
        String why = state == ReportRow.State.BAD ? "expected " + it.expected() + "; " + it.got() : it.got();
        return new ReportRow(it.phase(), it.name(), it.grade().word(), state, why, it.detail(), it.seconds());
    }

    /** Returns how many scenarios have each grade, in one line. */
    public static String counts(CheckReport report) {
        return report.cases().size() + " scenarios: "
                + report.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
