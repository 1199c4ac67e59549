package org.pgreel.benchmarks.clients;

import java.util.List;
import java.util.Locale;
import org.pgreel.benchmarks.peer.Measurement;
import org.pgreel.benchmarks.peer.Workload;

/** The result as a page for people. */
final class MarkdownReport {

    private static final String HEADER = """
            | client | a second | ratio to PgReel (middle half) | p50 us | p99 us | CPU us each | bytes each |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private final StringBuilder page = new StringBuilder();

    private MarkdownReport() {}

    /**
     * Writes the page.
     *
     * @param conditions what was measured and on what machine, one line each
     * @param all every workload at every site
     */
    static String of(List<String> conditions, List<Rounds> all) {
        MarkdownReport report = new MarkdownReport();
        report.page.append("# PgReel beside other clients\n\n");
        conditions.forEach(line -> report.page.append("- ").append(line).append('\n'));
        report.page.append("\n## Summary\n\n").append(Summary.of(all));
        report.goals(all);
        all.forEach(report::rounds);
        report.settings(all);
        return report.page.toString();
    }

    private void goals(List<Rounds> all) {
        page.append("\n## Goals\n\nThe ratio is the median of paired rounds, for costs that of the totals;")
                .append(" the best peer is the fastest other library.\n\n")
                .append("| workload | at | who | against | of | goal | measured | reached |\n")
                .append("| --- | --- | --- | --- | --- | ---: | ---: | --- |\n");
        for (Rounds rounds : all) {
            for (Goals.Outcome goal : Goals.of(rounds)) {
                line(
                        "| %s | %s | %s | %s | %s | %s %.2f | %.2f | %s |",
                        goal.workload().label(),
                        goal.site().label(),
                        goal.subject(),
                        goal.against(),
                        goal.figure(),
                        goal.cost() ? "≤" : "≥",
                        goal.least(),
                        goal.ratio().median(),
                        goal.reached() ? "yes" : "**no**");
            }
        }
    }

    private void rounds(Rounds rounds) {
        if (rounds.contenders().isEmpty()) {
            return;
        }
        Workload workload = rounds.workload();
        line("\n## %s at the %s: %s\n", workload.label(), rounds.site().label(), workload.description());
        page.append(HEADER);
        Contender first = rounds.contenders().get(0);
        for (Contender contender : rounds.contenders()) {
            Statistics.Spread ratio = rounds.ratio(contender, first);
            line(
                    "| %s | %,.0f | %.2f (%.2f–%.2f) | %s | %s | %.3f | %,.0f |",
                    contender,
                    rounds.perSecond(contender).median(),
                    ratio.median(),
                    ratio.low(),
                    ratio.high(),
                    time(rounds.micros(contender, Measurement::p50)),
                    time(rounds.micros(contender, Measurement::p99)),
                    rounds.processorMicros(contender),
                    rounds.allocated(contender));
        }
    }

    private static String time(double micros) {
        return micros == 0 ? "" : String.format(Locale.ROOT, "%.1f", micros);
    }

    private void settings(List<Rounds> all) {
        page.append("\n## Settings\n\n");
        Contender.all().stream()
                .filter(contender ->
                        all.stream().anyMatch(rounds -> rounds.contenders().contains(contender)))
                .forEach(contender -> line("- %s: %s", contender, contender.settings()));
    }

    private void line(String format, Object... values) {
        page.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
