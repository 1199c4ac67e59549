package org.pgreel.scenarios.report;

import java.util.Locale;

/** Writes a report as Markdown: the bad rows first, since a summary is read from the top. */
final class MarkdownPage {
    private MarkdownPage() {}

    static String write(Report report) {
        var out = new StringBuilder("## ").append(Markup.cell(report.title())).append("\n\n");
        report.lines()
                .forEach(line -> out.append("- ").append(Markup.cell(line)).append('\n'));
        out.append("\n| | name | verdict | why | seconds |\n| --- | --- | --- | --- | ---: |\n");
        for (ReportRow.State state :
                new ReportRow.State[] {ReportRow.State.BAD, ReportRow.State.GOOD, ReportRow.State.SKIPPED}) {
            report.rows().stream().filter(row -> row.state() == state).forEach(row -> write(row, out));
        }
        return out.toString();
    }

    private static void write(ReportRow row, StringBuilder out) {
        String mark = switch (row.state()) {
            case GOOD -> "✓";
            case BAD -> "✗";
            case SKIPPED -> "–";
        };
        out.append("| ")
                .append(mark)
                .append(" | ")
                .append(Markup.cell(row.name()))
                .append(" | ")
                .append(Markup.cell(row.verdict()))
                .append(" | ")
                .append(Markup.cell(row.sentence()))
                .append(" | ")
                .append(String.format(Locale.ROOT, "%.2f", row.seconds()))
                .append(" |\n");
    }
}
