package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void aBudgetIsATimeOfAnyLength() {
        assertThat(Budget.of("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Budget.of("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Budget.of("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(Budget.of("2h")).isEqualTo(Duration.ofHours(2));
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Budget.of("soon"))
                .withMessageContaining("is no time");
    }
}
