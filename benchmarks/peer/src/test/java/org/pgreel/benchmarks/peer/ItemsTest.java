package org.pgreel.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ItemsTest {

    @Test
    void aLineIsWrittenAsTheServerWritesIt() {
        assertThat(Items.copyLine(1)).isEqualTo("1\t1000003\tthe item number 1\t0.125\t2000-01-01 00:00:01.001+00\n");
        assertThat(Items.copyLine(8)).isEqualTo("8\t8000024\tthe item number 8\t1\t2000-01-01 00:00:08.008+00\n");
        assertThat(Items.momentText(10)).isEqualTo("2000-01-01 00:00:10.01+00");
        assertThat(Items.momentText(1000)).isEqualTo("2000-01-01 00:16:41+00");
    }

    @Test
    void momentsCountFromTheEpochOfTheServer() {
        assertThat(Items.micros(Items.EPOCH)).isZero();
        assertThat(Items.micros(Items.EPOCH.plusMillis(1001))).isEqualTo(Items.moment(1));
    }

    @Test
    void idsBeginAgainWhereTheKeysEnd() {
        Target target = new Target("h", 1, "u", "p", "d", 4, 2);

        String text = new String(Items.copyText(target), StandardCharsets.US_ASCII);

        assertThat(text.lines().map(line -> line.substring(0, 1))).containsExactly("1", "2", "1", "2");
    }
}
