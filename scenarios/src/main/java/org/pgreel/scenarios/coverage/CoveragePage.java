package org.pgreel.scenarios.coverage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pgreel.protocol.wire.Direction;

/** Coverage as one self-contained page of HTML: states down, messages across, and on each edge the faults that struck. */
public final class CoveragePage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Coverage of the conversation matrix</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid #8884; padding: .15rem .3rem; text-align: center; font-size: 12px; }
            th:first-child { text-align: left; white-space: nowrap; }
            thead th { writing-mode: vertical-rl; text-align: left; font-weight: 500; }
            thead th:first-child { writing-mode: horizontal-tb; }
            td.yes { background: #2da44e66; }
            td.illegal.yes { background: #2da44e33; }
            td.no { background: #cf222eaa; }
            td.illegal.no { background: #cf222e44; }
            td.none { background: #8882; }
            </style>
            </head>
            <body>
            <h1>Coverage of the conversation matrix</h1>
            """;

    private CoveragePage() {}

    /** Returns the page. */
    public static String html(EdgeCounts counts) {
        var out = new StringBuilder(HEAD);
        out.append("<ul>\n");
        totals(counts)
                .forEach((what, share) -> out.append("<li>")
                        .append(what)
                        .append(": ")
                        .append(share.inFull())
                        .append("</li>\n"));
        out.append("</ul>\n<p>Green was exercised and red was not; pale is illegal there, and grey cannot be said. The")
                .append(" number counts the kinds of faults that struck on the message.</p>\n");
        for (Direction from : List.of(Direction.FRONTEND, Direction.BACKEND)) {
            table(out, counts, from);
        }
        return out.append("</body>\n</html>\n").toString();
    }

    /** Returns the shares that sum up, by what they are of. */
    public static Map<String, CoverageShare> totals(EdgeCounts counts) {
        Map<String, CoverageShare> totals = new LinkedHashMap<>();
        for (boolean legal : new boolean[] {true, false}) {
            String kind = legal ? "legal" : "illegal";
            totals.put(kind + " from the frontend", share(counts, Direction.FRONTEND, legal));
            totals.put(kind + " from the backend", share(counts, Direction.BACKEND, legal));
        }
        totals.put("all edges", CoverageShare.of(counts, edge -> true));
        return totals;
    }

    private static CoverageShare share(EdgeCounts counts, Direction from, boolean legal) {
        return CoverageShare.of(counts, CoverageShare.kind(from, legal));
    }

    private static void table(StringBuilder out, EdgeCounts counts, Direction from) {
        out.append("<h2>The ")
                .append(from == Direction.FRONTEND ? "frontend" : "backend")
                .append(" says</h2>\n<table>\n<thead><tr><th>state</th>");
        MatrixMessages.names(from)
                .forEach(name -> out.append("<th>").append(escaped(name)).append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        Map<Edge, Long> edges = counts.edges();
        Map<Edge, Map<String, Long>> faults = counts.faults();
        for (String state : MatrixStates.names()) {
            out.append("<tr><th>").append(escaped(state)).append("</th>");
            for (String message : MatrixMessages.names(from)) {
                cell(out, new Edge(state, from, message), edges, faults);
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n");
    }

    private static void cell(StringBuilder out, Edge edge, Map<Edge, Long> edges, Map<Edge, Map<String, Long>> faults) {
        if (!Matrix.has(edge)) {
            out.append("<td class=\"none\"></td>");
            return;
        }
        Long times = edges.get(edge);
        var effects = new TreeSet<>(faults.getOrDefault(edge, new TreeMap<>()).keySet());
        out.append("<td class=\"")
                .append(Matrix.legal(edge) ? "" : "illegal ")
                .append(times == null ? "no" : "yes")
                .append("\" title=\"")
                .append(escaped(edge + ", " + (times == null ? 0 : times) + " times"
                        + (effects.isEmpty() ? "" : "; faults: " + String.join(", ", effects))))
                .append("\">")
                .append(effects.isEmpty() ? "" : effects.size())
                .append("</td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
