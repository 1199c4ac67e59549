package org.pgreel.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static final Target TARGET = new Target("h", 1, "u", "p", "d", 10, 10);

    @Test
    void everyColumnCounts() {
        long right = Checksum.of(7, 8, "nine", 0.5, 11);

        assertThat(Checksum.of(0, 8, "nine", 0.5, 11)).isNotEqualTo(right);
        assertThat(Checksum.of(7, 0, "nine", 0.5, 11)).isNotEqualTo(right);
        assertThat(Checksum.of(7, 8, "", 0.5, 11)).isNotEqualTo(right);
        assertThat(Checksum.of(7, 8, "nine", 0, 11)).isNotEqualTo(right);
        assertThat(Checksum.of(7, 8, "nine", 0.5, 0)).isNotEqualTo(right);
    }

    @Test
    void aSeedGivesTheSameKeysToEveryPeer() {
        long expected = Checksum.expected(Workload.W1, TARGET, 100, 42);

        assertThat(Checksum.expected(Workload.W2, TARGET, 100, 42)).isEqualTo(expected);
        assertThat(Checksum.expected(Workload.W1, TARGET, 100, 43)).isNotEqualTo(expected);
    }

    @Test
    void keysAreRowsOfTheTable() {
        Round round = new Round(1_000, 1, 10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(round.key()).isBetween(1, 10);
        }
    }

    @Test
    void whatIsWrittenIsCounted() {
        assertThat(Checksum.expected(Workload.W4, TARGET, 3, 1)).isEqualTo(3_000);
        assertThat(Checksum.expected(Workload.W5_IN, TARGET, 3, 1)).isEqualTo(30);
        assertThat(Checksum.expected(Workload.W7, TARGET, 4, 1)).isEqualTo(6);
    }
}
