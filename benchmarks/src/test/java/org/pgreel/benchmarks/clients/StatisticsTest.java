package org.pgreel.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void theMedianOfAnOddCountIsTheMiddleFigure() {
        assertThat(Statistics.quantile(List.of(9.0, 1.0, 4.0), 0.5)).isEqualTo(4.0);
    }

    @Test
    void aQuantileBetweenTwoFiguresLiesBetweenThem() {
        assertThat(Statistics.quantile(List.of(1.0, 2.0, 3.0, 4.0), 0.5)).isEqualTo(2.5);
        assertThat(Statistics.quantile(List.of(1.0, 2.0), 0.25)).isCloseTo(1.25, within(1e-9));
    }

    @Test
    void theSpreadIsTheMiddleHalf() {
        assertThat(Statistics.spread(List.of(5.0, 1.0, 3.0, 2.0, 4.0))).isEqualTo(new Statistics.Spread(2, 3, 4));
    }

    @Test
    void pairedRoundsCancelTheSpeedOfTheMachine() {
        List<Double> ours = List.of(100.0, 10.0, 1000.0);
        List<Double> theirs = List.of(50.0, 5.0, 500.0);

        assertThat(Statistics.paired(ours, theirs)).containsExactly(2.0, 2.0, 2.0);
    }

    @Test
    void roundsThatDoNotPairAreRefused() {
        assertThatThrownBy(() -> Statistics.paired(List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 rounds do not pair with 0");
    }

    @Test
    void nothingHasNoQuantile() {
        assertThatThrownBy(() -> Statistics.quantile(List.of(), 0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
