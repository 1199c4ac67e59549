package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.drive.UnplayableException;

/** The golden sessions are swept, in part here; {@code -Dpgreel.sweep.stride=1} sweeps all of it. */
@Timeout(600)
class SweepTest {
    private static final int STRIDE = Integer.getInteger("pgreel.sweep.stride", 23);

    static List<String> golden() {
        return Golden.names();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyInvariantHoldsWhateverHappensToAGoldenSession(String name) {
        var subject = new Subject(Golden.named(name));

        Sweep.Result result =
                new Sweep(subject, new Sweep.Options(tamper -> true, way -> true, false, STRIDE), Plant.NONE).run();

        assertThat(result.broken()).isEmpty();
        assertThat(result.runs()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void runsAndSkippedPointsAreTheProductOfEffectsAndPoints(String name) {
        var subject = new Subject(Golden.named(name));

        Sweep.Result result =
                new Sweep(subject, new Sweep.Options(tamper -> true, way -> true, false, 1009), Plant.NONE).run();

        long product = 0;
        for (SweptStream stream : subject.streams()) {
            product += (long) Tampers.all(stream.direction()).size()
                    * (stream.bytes().length() + stream.boundaries().size());
        }
        long skipped =
                result.skipped().values().stream().mapToLong(Long::longValue).sum();
        assertThat(result.product()).isEqualTo(product).isEqualTo(result.runs() + skipped);
    }

    @Test
    void everyGoldenStatementIsAnsweredWithItsNumber() {
        for (String name : Golden.names()) {
            var subject = new Subject(Golden.named(name));

            assertThat(subject.allNumbers()).as(name).isNotEmpty();
            subject.calm().answers().keySet().stream()
                    .filter(answered -> subject.numbers(answered).isEmpty())
                    .forEach(answered -> assertThat(name).isIn("notify", "cancel", "extended"));
        }
    }

    @Test
    void pruningLeavesOutBytesInsideOfBodies() {
        var subject = new Subject(Golden.named("simple"));

        Sweep.Result result = new Sweep(
                        subject,
                        new Sweep.Options(
                                tamper -> tamper.kind() == Tamper.Kind.RESET, way -> way == Direction.BACKEND, true, 1),
                        Plant.NONE)
                .run();

        assertThat(result.broken()).isEmpty();
        assertThat(result.skipped().keySet()).anyMatch(reason -> reason.startsWith("pruned"));
        assertThat(result.runs()).isLessThan(subject.streams().get(1).bytes().length() / 2);
    }

    @Test
    void aScenarioAboutSeveralSessionsIsNotSwept() {
        assertThatThrownBy(() -> new Subject(Catalogue.load().named("starting-up-twice-then-ready")))
                .isInstanceOf(UnplayableException.class);
    }
}
