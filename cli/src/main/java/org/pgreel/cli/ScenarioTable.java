package org.pgreel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.drive.Stages;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Phase;
import org.pgreel.scenarios.file.Scenario;

/** Scenarios as a table, those of a phase below each other. */
final class ScenarioTable {

    private ScenarioTable() {}

    /** Returns the table; the last column says what a scenario shows, or where it comes from if that was asked for. */
    static TextTable of(List<Scenario> scenarios, ScenarioFilter filter) {
        var table = new TextTable("phase", "scenario", "may end", "waits for", filter.byOrigin() ? "origin" : "shows");
        @Nullable Phase before = null;
        for (Scenario scenario : scenarios) {
            String outcomes = String.join(
                    ", ", scenario.outcomes().stream().map(Outcome::word).toList());
            table.row(
                    scenario.phase() == before ? "" : scenario.phase().word(),
                    scenario.name(),
                    outcomes,
                    Stages.waitsFor(scenario).orElse(""),
                    filter.byOrigin() ? String.join("; ", filter.origins(scenario)) : scenario.shows());
            before = scenario.phase();
        }
        return table;
    }
}
