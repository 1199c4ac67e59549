package org.pgreel.scenarios.run;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.drive.SocketRuns;
import org.pgreel.scenarios.file.Scenario;

/**
 * Our client passes every scenario of the catalogue, in memory and over TCP. {@code -Dpgreel.scenario=NAME[,NAME]} runs only these,
 * {@code -Dpgreel.chunkings=WORD[,WORD]} under other fragmentations.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CatalogueTest {
    private static final SocketRuns SOCKETS = new SocketRuns();

    @AfterAll
    static void close() {
        SOCKETS.close();
    }

    /** Returns the scenarios that were asked for, which are all unless some were named. */
    static List<Scenario> scenarios() {
        Catalogue catalogue = Catalogue.load();
        String names = System.getProperty("pgreel.scenario", "");
        return names.isEmpty()
                ? catalogue.scenarios()
                : Arrays.stream(names.split(",")).map(catalogue::named).toList();
    }

    @TestFactory
    Stream<DynamicTest> everyScenarioPasses() {
        List<String> words = List.of(
                System.getProperty("pgreel.chunkings", "whole,tcp:whole").split(","));
        var coverage = new Coverage();
        return scenarios().stream()
                .map(scenario ->
                        dynamicTest(scenario.name(), () -> require(new ScenarioRun(scenario, coverage).run(words))));
    }

    private static void require(Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            Assertions.fail(failed.text());
        } else if (verdict instanceof Verdict.Waiting) {
            abort(verdict.sentence());
        }
    }
}
