package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/** What is said before anything is graded. */
@Timeout(120)
class ControlsTest {
    private static final Scenario JUNK = Catalogue.load().named("ssl-junk-byte");

    private static CheckReport check(Scenario scenario, String... words)
            throws MisconfiguredException, IOException, InterruptedException {
        var options = new CheckOptions(Duration.ofSeconds(5), 2, 1, CheckOptions.CRASH, 7);
        try (var client = new ProgramClient(new ProgramCommand(List.of(words)))) {
            return new ClientCheck(client, options, CheckListener.NONE).run(List.of(scenario));
        }
    }

    @Test
    void aProgramThatNeverConnectsIsMisconfigured() {
        assertThatThrownBy(() -> check(JUNK, "true"))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("it never connected")
                .hasMessageContaining("{host} and {port}");
    }

    @Test
    void aProgramThatPrintsSomethingElseEachTimeIsMisconfigured() {
        Assumptions.assumeTrue(KnownClients.psql().isPresent(), "psql is not installed");

        assertThatThrownBy(() -> check(JUNK, "sh", "-c", "psql -X -c 'select 1' && echo $$"))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("its standard output differs");
    }

    @Test
    void aProgramThatFailsAgainstAHealthyServerIsMisconfigured() {
        Assumptions.assumeTrue(KnownClients.psql().isPresent(), "psql is not installed");

        assertThatThrownBy(() -> check(JUNK, "sh", "-c", "psql -X -c 'select 1'; exit 9"))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("it ended with status 9");
    }

    @Test
    void whatTheCommandCannotBeToldIsNotApplicable() throws Exception {
        Assumptions.assumeTrue(KnownClients.psql().isPresent(), "psql is not installed");

        CheckCase it = check(JUNK, "psql", "-X", "-c", "select 1").cases().get(0);

        assertThat(it.grade()).isEqualTo(Grade.NOT_APPLICABLE);
        assertThat(it.got()).isEqualTo("the command has no {sslmode}");
    }

    @Test
    void whatAChildStartedIsEndedWithIt() throws Exception {
        Assumptions.assumeTrue(KnownClients.psql().isPresent(), "psql is not installed");
        Scenario silence = ScenarioReader.parse("""
                name: silence
                shows: Nothing comes.
                origin: ["a test"]
                phase: query
                outcome: times-out
                client: { statement: "select 1" }
                script: |
                  use login
                  use housekeeping
                  statement "select 1" {
                    B stall
                  }
                  F end
                """, "silence.pgreel.yaml");

        Set<Long> before = children();
        CheckCase it = check(silence, "sh", "-c", "psql -X -c 'select 1'; true")
                .cases()
                .get(0);

        assertThat(it.grade()).isEqualTo(Grade.NEVER_ENDED);
        assertThat(before).containsAll(children());
    }

    /** Other tests of this JVM may have started a server. */
    private static Set<Long> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
