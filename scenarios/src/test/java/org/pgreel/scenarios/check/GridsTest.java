package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.file.Scenario;

/**
 * The grades of two real clients are as they were: a difference is a change of the catalogue, of the server or of the
 * grading, and is looked at before the grid is made anew (docs/check.md says how). Scenarios that no grid has yet are left
 * out.
 */
@Timeout(900)
class GridsTest {
    /** The driver's runs that hang cost a start of the virtual machine each, so it is asked for a part of them. */
    private static final int EVERY = 6;

    private static Grid grid(String name) throws IOException {
        return Grid.parse(Files.readString(KnownClients.file("scenarios/grids/" + name)));
    }

    private static List<Scenario> known(Grid grid) {
        return Catalogue.load().scenarios().stream()
                .filter(scenario -> grid.grades().containsKey(scenario.name()))
                .toList();
    }

    private static void assertAsBefore(ClientUnderTest client, Grid grid, List<Scenario> scenarios) throws Exception {
        var options = new CheckOptions(Duration.ofSeconds(5), 8, 1, CheckOptions.CRASH, 1);
        try (client) {
            CheckReport report = new ClientCheck(client, options, CheckListener.NONE).run(scenarios);

            var why = new TreeMap<String, String>();
            report.cases().forEach(it -> why.put(it.name(), it.got()));
            assertThat(grid.differences(report, false)).as(() -> why.toString()).isEmpty();
        }
    }

    @Test
    void psqlIsGradedAsBefore() throws Exception {
        var psql = KnownClients.psql();
        Assumptions.assumeTrue(psql.isPresent() && version().contains(" 15."), "psql 15 is not installed");
        Grid grid = grid("psql-15.grid");

        assertAsBefore(psql.get(), grid, known(grid));
    }

    private static String version() throws IOException {
        Process psql = new ProcessBuilder("psql", "--version").start();
        try (var output = psql.inputReader()) {
            return output.readLine() + ".";
        }
    }

    @Test
    void theJdbcDriverIsGradedAsBefore() throws Exception {
        Grid grid = grid("pgjdbc.grid");
        List<Scenario> all = known(grid);
        var some = new ArrayList<Scenario>();
        for (int at = 0; at < all.size(); at += EVERY) {
            some.add(all.get(at));
        }

        assertAsBefore(KnownClients.jdbc(), grid, some);
    }
}
