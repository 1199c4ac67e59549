package org.pgreel.scenarios.report;

import java.util.List;

/**
 * A page about many runs. Immutable.
 *
 * @param title one line
 * @param lines what holds for all runs: the program, the seed, the counts
 * @param rows the runs, in order
 */
public record Report(String title, List<String> lines, List<ReportRow> rows) {
    /** Copies the lists. */
    public Report {
        lines = List.copyOf(lines);
        rows = List.copyOf(rows);
    }

    /** Returns how many rows are in that state. */
    public long count(ReportRow.State state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }
}
