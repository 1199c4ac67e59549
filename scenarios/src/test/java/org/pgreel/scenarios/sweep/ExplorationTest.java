package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dpgreel.explore.runs=1000000} sets how many seeds are tried. */
@Timeout(3600)
class ExplorationTest {
    private static final long RUNS = Long.getLong("pgreel.explore.runs", 3_000);

    @Test
    void noSeedBreaksAnInvariant() {
        var exploration = new Exploration(Plant.NONE);

        for (long seed = 0; seed < RUNS; seed++) {
            assertThat(exploration.run(seed)).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void aBugIsFoundByASeedThatFindsItAgain() {
        var exploration = new Exploration(Bugs.noticeSwallowed());
        Optional<Exploration.Found> found = Optional.empty();
        for (long seed = 0; found.isEmpty() && seed < 5_000; seed++) {
            found = exploration.run(seed);
        }

        long seed = found.orElseThrow().seed();
        assertThat(new Exploration(Bugs.noticeSwallowed())
                        .run(seed)
                        .orElseThrow()
                        .sentence())
                .isEqualTo(found.get().sentence());
        assertThat(new Exploration(Plant.NONE).run(seed)).isEmpty();
    }
}
