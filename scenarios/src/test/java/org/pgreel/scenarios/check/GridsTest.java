package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final int AT_ONCE = 8;

    /** Later versions of psql 15 than the grid's end themselves where a server asks for data that they do not have. */
    private static final Set<String> DIFFER_IN_LATER_VERSIONS =
            Set.of("copy-in-answer-to-copy-out", "copy-in-nobody-asked-for");

    private static final String PSQL_OF_THE_GRID = "15.18";

    private static Grid grid(String name) throws IOException {
        return Grid.parse(Files.readString(KnownClients.file("scenarios/grids/" + name)));
    }

    private static List<Scenario> known(Grid grid) {
        return Catalogue.load().scenarios().stream()
                .filter(scenario -> grid.grades().containsKey(scenario.name()))
                .toList();
    }

    /** What differs is asked again by itself: a grade that the machine's load made does not come a second time. */
    private static void assertAsBefore(ClientUnderTest client, Grid grid, List<Scenario> scenarios) throws Exception {
        try (client) {
            List<Scenario> different = different(grid, checked(client, AT_ONCE, scenarios), scenarios);
            if (!different.isEmpty()) {
                CheckReport again = checked(client, 1, different);
                assertThat(grid.differences(again, false))
                        .as(() -> reasons(again).toString())
                        .isEmpty();
            }
        }
    }

    private static CheckReport checked(ClientUnderTest client, int parallel, List<Scenario> scenarios)
            throws Exception {
        var options = new CheckOptions(Duration.ofSeconds(5), parallel, 1, CheckOptions.CRASH, 1);
        return new ClientCheck(client, options, CheckListener.NONE).run(scenarios);
    }

    private static List<Scenario> different(Grid grid, CheckReport report, List<Scenario> scenarios) {
        List<String> differences = grid.differences(report, false);
        return scenarios.stream()
                .filter(scenario -> differences.stream().anyMatch(text -> text.startsWith(scenario.name() + ": ")))
                .toList();
    }

    private static Map<String, String> reasons(CheckReport report) {
        var reasons = new TreeMap<String, String>();
        report.cases().forEach(it -> reasons.put(it.name(), it.got()));
        return reasons;
    }

    @Test
    void psqlIsGradedAsBefore() throws Exception {
        var psql = KnownClients.psql();
        Assumptions.assumeTrue(psql.isPresent() && version().contains(" 15."), "psql 15 is not installed");
        Grid grid = grid("psql-15.grid");
        boolean asTheGrid = version().contains(" " + PSQL_OF_THE_GRID);
        List<Scenario> same = known(grid).stream()
                .filter(scenario -> asTheGrid || !DIFFER_IN_LATER_VERSIONS.contains(scenario.name()))
                .toList();

        assertAsBefore(psql.get(), grid, same);
    }

    private static String version() {
        try (var output = new ProcessBuilder("psql", "--version").start().inputReader()) {
            return output.readLine() + ".";
        } catch (IOException noPsql) {
            throw new UncheckedIOException(noPsql);
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
