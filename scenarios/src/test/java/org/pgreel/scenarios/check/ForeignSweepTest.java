package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.sweep.ForeignSweep;

@Timeout(300)
class ForeignSweepTest {
    @Test
    void oneReadyForQueryTooManyIsFoundToGiveTheJdbcDriverAnothersRow() throws Exception {
        Map<String, Scenario> scenarios =
                ForeignSweep.scenarios(tamper -> tamper.word().equals("append ReadyForQuery I"));
        Map<String, String> lines = scenarios.entrySet().stream()
                .collect(Collectors.toMap(each -> each.getValue().name(), Map.Entry::getKey));

        try (ClientUnderTest client = KnownClients.jdbc()) {
            var options = new CheckOptions(Duration.ofSeconds(5), 8, 1, CheckOptions.CRASH, 1);
            CheckReport report =
                    new ClientCheck(client, options, CheckListener.NONE).run(new ArrayList<>(scenarios.values()));

            assertThat(report.cases())
                    .as(report.cases().stream()
                            .map(it -> lines.get(it.name()) + ": " + it.grade().word() + " " + it.got())
                            .collect(Collectors.joining("\n")))
                    .anyMatch(it -> it.grade() == Grade.WRONG_ANSWER
                            && lines.getOrDefault(it.name(), "").contains("@ after B ReadyForQuery"));
        }
    }
}
