package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.coverage.MatrixPlay;
import org.pgreel.scenarios.file.Scenario;

/**
 * What the catalogue does for the conversation matrix beside its files: the engine is driven to each state and made to say and
 * hear each message there, and so is our own client in each state that sessions of the catalogue lead to.
 *
 * @param runs how many runs that took
 * @param problems what went wrong, a sentence each
 */
public record CatalogueCoverage(int runs, List<String> problems) {
    /** Copies the list. */
    public CatalogueCoverage {
        problems = List.copyOf(problems);
    }

    /**
     * Plays all.
     *
     * @param sessions lead our client to its states
     * @param counts hears of the edges
     */
    public static CatalogueCoverage of(List<Scenario> sessions, EdgeCounts counts) {
        var play = new MatrixPlay(counts);
        var problems = new ArrayList<>(play.run());
        var all = new ArrayList<>(Golden.all());
        all.addAll(sessions);
        var sweep = new MatrixSweep(counts, false);
        problems.addAll(sweep.run(all));
        return new CatalogueCoverage(play.runs() + sweep.runs(), problems);
    }
}
