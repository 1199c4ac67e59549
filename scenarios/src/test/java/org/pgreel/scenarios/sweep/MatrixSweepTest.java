package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.coverage.EdgeCounts;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MatrixSweepTest {
    @Test
    void eachMessageInEachStateOfOurClientKeepsItsInvariantsHoweverItIsCut() {
        var sessions = new ArrayList<>(Golden.all());
        sessions.addAll(Catalogue.load().scenarios());
        var sweep = new MatrixSweep(new EdgeCounts(), true);

        assertThat(sweep.run(sessions)).isEmpty();
        assertThat(sweep.states()).contains("idle", "Query, rows", "SASL has begun");
    }
}
