package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.wire.Direction;

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

    /** A client is reset while its script awaits a cancel request that the second fault has spoiled. */
    @Test
    void aScriptThatAwaitsAnotherConnectionGivesUpAlthoughItsClientIsGone() {
        var subject = new Subject(Golden.named("cancel"));
        SweptStream asks = stream(subject, 1);
        SweptStream cancels = stream(subject, 2);
        var leaves = new Fault(asks, effect("reset"), false, asks.bytes().length() - 1);
        var unheard = new Fault(cancels, effect("omit"), true, 0);

        Trace trace = Play.of(subject, List.of(leaves, unheard), Play.plain(), Plant.NONE);

        assertThat(trace.elapsed()).isGreaterThan(Play.OPERATION_LIMIT);
        for (Invariant invariant : Invariant.ALL) {
            assertThat(invariant.broken(subject, trace)).isEmpty();
        }
    }

    private static SweptStream stream(Subject subject, int connection) {
        return subject.streams().stream()
                .filter(stream -> stream.direction() == Direction.FRONTEND && stream.connection() == connection)
                .findFirst()
                .orElseThrow();
    }

    private static Tamper effect(String word) {
        return Tampers.all(Direction.FRONTEND).stream()
                .filter(tamper -> tamper.word().equals(word))
                .findFirst()
                .orElseThrow();
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

    @Test
    void whatOneFaultBreaksByItselfIsShrunk() {
        Plant bug = Bugs.noticeSwallowed();
        var exploration = new Exploration(bug);
        Optional<Shrinker.Shrunk> shrunk = Optional.empty();
        for (long seed = 0; shrunk.isEmpty() && seed < 50_000; seed++) {
            shrunk = exploration
                    .run(seed)
                    .filter(found -> found.enough() != null && found.enough().size() == 1)
                    .flatMap(found -> new Shrinker(found.subject(), found.enough(), found.invariant(), bug).shrink());
        }

        Shrinker.Shrunk smallest = shrunk.orElseThrow();
        assertThat(smallest.lines()).as(smallest.text()).isLessThanOrEqualTo(5);
        assertThat(new FoldOfJournal().broken(smallest.subject(), Play.of(smallest.subject(), null, bug)))
                .isPresent();
    }
}
