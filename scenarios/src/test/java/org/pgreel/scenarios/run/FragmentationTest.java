package org.pgreel.scenarios.run;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Our client passes every scenario however TCP cuts what the server writes: byte by byte, at, before and behind the end of
 * each message, and at places that seeds pick. A failure names the scenario, the cut and the command that repeats it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FragmentationTest {
    private static final int THREADS = 2;

    @Test
    void everyScenarioPassesUnderEveryFragmentation() {
        CatalogueRun run =
                CatalogueRun.of(CatalogueTest.scenarios(), List.of("memory"), THREADS, CatalogueRun.Progress.NONE);

        String failures = run.verdicts().stream()
                .filter(Verdict.Failed.class::isInstance)
                .map(verdict -> ((Verdict.Failed) verdict).text())
                .collect(Collectors.joining("\n"));
        if (!failures.isEmpty()) {
            Assertions.fail(failures);
        }
    }
}
