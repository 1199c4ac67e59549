package org.pgreel.scenarios.run;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.file.Scenario;

/**
 * Our client passes every scenario of the catalogue, in memory and over TCP.
 *
 * <p>{@code -Dpgreel.scenario=NAME[,NAME]} runs only these, {@code -Dpgreel.chunkings=WORD[,WORD]} under other
 * fragmentations.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CatalogueTest {
    /** Runs over TCP wait more than they work. */
    private static final int THREADS = 4;

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
        CatalogueRun run = CatalogueRun.of(scenarios(), words, THREADS, CatalogueRun.Progress.NONE);
        return run.verdicts().stream().map(verdict -> dynamicTest(verdict.scenario(), () -> require(verdict)));
    }

    private static void require(Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            Assertions.fail(failed.text());
        } else if (verdict instanceof Verdict.Waiting) {
            abort(verdict.sentence());
        }
    }
}
