package org.pgreel.scenarios.report;

import java.util.Locale;

/** Writes a report as one page of HTML without scripts, fonts or pictures: it can be mailed and opened anywhere. */
final class HtmlPage {
    private static final String HEAD = """
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            :root { color-scheme: light dark; }
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
            td.seconds { text-align: right; font-variant-numeric: tabular-nums; }
            .verdict { font-weight: 600; white-space: nowrap; }
            .good .verdict { color: #1a7f37; }
            .bad .verdict { color: #cf222e; }
            .skipped { opacity: .65; }
            pre { overflow-x: auto; margin: .3rem 0 0; }
            </style>
            """;

    private HtmlPage() {}

    static String write(Report report) {
        var out = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n").append(HEAD);
        element(out, "title", report.title());
        out.append("</head>\n<body>\n");
        element(out, "h1", report.title());
        out.append("<ul>\n");
        report.lines().forEach(line -> element(out, "li", line));
        out.append("</ul>\n<table>\n<thead><tr><th>group<th>name<th>verdict<th>why<th>seconds</tr></thead>\n<tbody>\n");
        report.rows().forEach(row -> write(row, out));
        return out.append("</tbody>\n</table>\n</body>\n</html>\n").toString();
    }

    private static void write(ReportRow row, StringBuilder out) {
        out.append("<tr class=\"")
                .append(row.state().name().toLowerCase(Locale.ROOT))
                .append("\">\n");
        element(out, "td", row.group());
        element(out, "td", row.name());
        out.append("<td class=\"verdict\">")
                .append(Markup.xml(row.verdict()))
                .append("</td>\n<td>")
                .append(Markup.xml(row.sentence()));
        if (!row.detail().isEmpty()) {
            out.append("<details><summary>more</summary><pre>")
                    .append(Markup.xml(row.detail()))
                    .append("</pre></details>");
        }
        out.append("</td>\n<td class=\"seconds\">")
                .append(String.format(Locale.ROOT, "%.2f", row.seconds()))
                .append("</td>\n</tr>\n");
    }

    private static void element(StringBuilder out, String name, String text) {
        out.append('<')
                .append(name)
                .append('>')
                .append(Markup.xml(text))
                .append("</")
                .append(name)
                .append(">\n");
    }
}
