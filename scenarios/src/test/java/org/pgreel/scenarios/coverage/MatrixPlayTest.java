package org.pgreel.scenarios.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MatrixPlayTest {
    @Test
    void theEngineSaysAndHearsEachMessageInEachState() {
        var counts = new EdgeCounts();
        var play = new MatrixPlay(counts);

        assertThat(play.run()).isEmpty();
        assertThat(Matrix.all().keySet()).allMatch(counts::has);
    }
}
