package org.pgreel.scenarios.report;

import java.util.Locale;

/** Writes a report as JUnit's XML: a test case a row, a failure where it is bad, skipped where it was not judged. */
final class JUnitXml {
    private JUnitXml() {}

    static String write(Report report) {
        double seconds = report.rows().stream().mapToDouble(ReportRow::seconds).sum();
        var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuite name=\"")
                .append(Markup.xml(report.title()))
                .append("\" tests=\"")
                .append(report.rows().size())
                .append("\" failures=\"")
                .append(report.count(ReportRow.State.BAD))
                .append("\" errors=\"0\" skipped=\"")
                .append(report.count(ReportRow.State.SKIPPED))
                .append("\" time=\"")
                .append(time(seconds))
                .append("\">\n");
        report.rows().forEach(row -> write(row, out));
        String lines = String.join("\n", report.lines());
        out.append("  <system-out>").append(Markup.xml(lines)).append("</system-out>\n");
        return out.append("</testsuite>\n").toString();
    }

    private static void write(ReportRow row, StringBuilder out) {
        String group = row.group().isEmpty() ? "pgreel" : "pgreel." + row.group();
        out.append("  <testcase classname=\"")
                .append(Markup.xml(group))
                .append("\" name=\"")
                .append(Markup.xml(row.name()))
                .append("\" time=\"")
                .append(time(row.seconds()))
                .append('"');
        String message = row.verdict() + (row.sentence().isEmpty() ? "" : ": " + row.sentence());
        switch (row.state()) {
            case GOOD -> out.append("/>\n");
            case SKIPPED ->
                out.append(">\n    <skipped message=\"")
                        .append(Markup.xml(message))
                        .append("\"/>\n  </testcase>\n");
            case BAD ->
                out.append(">\n    <failure type=\"")
                        .append(Markup.xml(row.verdict()))
                        .append("\" message=\"")
                        .append(Markup.xml(message))
                        .append("\">")
                        .append(Markup.xml(row.detail()))
                        .append("</failure>\n  </testcase>\n");
        }
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
