package org.pgreel.scenarios.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.drive.Stages;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;

/**
 * A scenario that waits for an operation of our client can be played to its end, and a server that does nothing wrong in
 * it keeps the protocol: known by a frontend that says what the script awaits.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RawFrontendTest {
    @TestFactory
    Stream<DynamicTest> whatWaitsForAnOperationCanBePlayed() {
        return Catalogue.load().scenarios().stream()
                .filter(scenario -> Stages.waitsFor(scenario).isPresent() && RawFrontend.suits(scenario))
                .map(scenario -> dynamicTest(scenario.name(), () -> play(scenario)));
    }

    private static void play(Scenario scenario) {
        var frontend = new RawFrontend(scenario);

        PlayReport report = frontend.says();

        assertThat(report.text()).isEqualTo("played to the end\n");
        if (scenario.outcomes().equals(EnumSet.of(Outcome.ANSWERED))) {
            assertThat(frontend.violation()).isNull();
        }
    }
}
