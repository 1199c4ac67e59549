package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;
import org.pgreel.scenarios.sweep.ForeignSession;
import org.pgreel.scenarios.sweep.ForeignSweep;
import org.pgreel.scenarios.sweep.Sweep;

/** Programs that are not ours meet faults in both directions, and what they do wrong is found. */
@Timeout(300)
class ForeignSweepTest {
    private static final CheckOptions OPTIONS = new CheckOptions(Duration.ofSeconds(5), 3, 1, CheckOptions.CRASH, 1);

    private static ForeignSweep.Wanted wanted(String effect, Direction direction, int stride) {
        return new ForeignSweep.Wanted(
                new Sweep.Options(tamper -> tamper.word().startsWith(effect), direction::equals, false, stride), true);
    }

    private static ForeignSweep sweep(ClientUnderTest client) {
        return new ForeignSweep(client, ForeignSession.twoStatements(), OPTIONS, CheckListener.NONE);
    }

    private static ClientUnderTest psql() {
        Optional<ClientUnderTest> psql = KnownClients.psql();
        assumeTrue(psql.isPresent(), "psql is not installed");
        return psql.orElseThrow();
    }

    private static String told(ForeignSweep.Result result) {
        return result.report().cases().stream()
                .map(it -> result.planned(it).line() + ": " + it.grade().word() + " " + it.got())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void oneReadyForQueryTooManyIsFoundToGiveTheJdbcDriverAnothersRowAndAScenarioReproducesAllThatIsFound()
            throws Exception {
        try (ClientUnderTest client = KnownClients.jdbc()) {
            ForeignSweep.Result result = sweep(client).run(wanted("append ReadyForQuery I", Direction.BACKEND, 1));

            List<CheckCase> found =
                    result.report().cases().stream().filter(CheckCase::bad).toList();
            assertThat(found)
                    .as(told(result))
                    .anyMatch(it -> it.grade() == Grade.WRONG_ANSWER
                            && result.planned(it)
                                    .line()
                                    .startsWith("! insert B ReadyForQuery I @ after B ReadyForQuery"));

            List<Scenario> scenarios = found.stream()
                    .map(it -> ForeignSession.twoStatements()
                            .file(result.planned(it))
                            .orElseThrow())
                    .map(file -> ScenarioReader.parse(file, "found.pgreel.yaml"))
                    .toList();
            CheckReport again = new ClientCheck(client, OPTIONS, CheckListener.NONE).run(scenarios);
            assertThat(again.cases().stream().map(CheckCase::grade))
                    .as(told(result))
                    .containsExactlyElementsOf(
                            found.stream().map(CheckCase::grade).toList());
        }
    }

    @Test
    void whatAProgramSaysIsCutAndChangedToo() throws Exception {
        try (ClientUnderTest client = psql()) {
            for (String effect : List.of("reset", "insert Sync")) {
                ForeignSweep.Result result =
                        sweep(client).run(wanted(effect, Direction.FRONTEND, effect.equals("reset") ? 19 : 1));

                assertThat(result.report().cases()).isNotEmpty();
                assertThat(result.plan().planned())
                        .allSatisfy(each -> assertThat(each.line()).startsWith(effect + " "));
                assertThat(result.report().cases())
                        .as(told(result))
                        .noneMatch(it -> it.grade() == Grade.NOT_APPLICABLE || it.grade() == Grade.CRASH);
            }
        }
    }

    @Test
    void noRunBeginsWhenTheTimeIsOverAndTheFirstAreSpread() throws Exception {
        try (ClientUnderTest client = psql()) {
            var asked = new AtomicInteger();
            ForeignSweep.Result result =
                    sweep(client).until(() -> asked.incrementAndGet() > 3).run(wanted("reset", Direction.BACKEND, 1));

            assertThat(result.report().cases()).hasSizeLessThanOrEqualTo(3);
            assertThat(result.plan().planned()).hasSameSizeAs(result.report().cases());
            assertThat(result.plan().skipped()).containsKey("the time was over");
            long all = result.plan().skipped().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    + result.plan().planned().size();
            assertThat(all).isEqualTo(result.plan().product());
        }
    }

    @Test
    void aScenarioIsASessionTooAndItsRunsAreCounted() throws Exception {
        Scenario scenario = ScenarioReader.parse("""
                name: copied
                shows: "Rows are copied out."
                origin: ["a test"]
                phase: query
                client: { statement: "copy t to stdout" }
                outcome: answered
                script: |
                  use login
                  use housekeeping
                  statement "copy t to stdout" {
                    B CopyOutResponse text [text]
                    B CopyData "one\\n"
                    B CopyDone
                    B CommandComplete "COPY 1"
                  }
                  F end
                """, "copied.pgreel.yaml");
        try (ClientUnderTest client = psql()) {
            var counts = new EdgeCounts();
            ForeignSweep.Result result = new ForeignSweep(
                            client, ForeignSession.of(scenario), OPTIONS, CheckListener.NONE)
                    .covering(counts)
                    .only("! omit @ B CopyDone #1"::equals)
                    .run(wanted("omit", Direction.BACKEND, 1));

            assertThat(result.report().cases()).hasSize(1);
            assertThat(counts.edges().toString()).contains("CopyOutResponse");
            assertThat(ForeignSession.of(scenario).file(result.plan().planned().get(0)))
                    .isEmpty();
        }
    }

    @Test
    void aProgramThatFailsWhereNothingGoesWrongIsNotSwept() throws Exception {
        try (ClientUnderTest client = new ProgramClient(new ProgramCommand(List.of("false", "{port}")))) {
            assertThatThrownBy(() -> sweep(client).run(wanted("omit", Direction.BACKEND, 1)))
                    .isInstanceOf(MisconfiguredException.class);
        }
    }
}
