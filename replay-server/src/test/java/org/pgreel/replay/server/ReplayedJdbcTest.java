package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.engine.ReplaySettings;

/** A program on pgjdbc sees the same when the server that it was recorded against is gone. */
@Timeout(180)
final class ReplayedJdbcTest {
    private static List<String> replayed(
            RecordedRun<List<String>> run, RecordedRun.Client<List<String>> client, int cancels) throws Exception {
        try (ReplayServer server = ReplayServer.builder(run.recording()).start()) {
            List<String> seen = client.run(run.target(server, ""));
            // A client may have ended before the server has read its last message; closing waits for nobody.
            assertThat(server.report().departures()).isEmpty();
            assertThat(server.report().cancels()).hasSizeGreaterThanOrEqualTo(cancels);
            return seen;
        }
    }

    @Test
    void itSeesTheSame() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> JdbcPrograms.everything(target, "disable"));
        assertThat(run.result())
                .contains("copied in 2", "sum 4950", "4 name 2")
                .anyMatch(line -> line.startsWith("23505"));
        assertThat(run.result().get(run.result().size() - 1)).endsWith(" news from myself");

        assertThat(replayed(run, target -> JdbcPrograms.everything(target, "disable"), 0))
                .isEqualTo(run.result());
    }

    @Test
    void itSeesTheSameOverTlsWithScramBoundToTheChannel() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(target -> JdbcPrograms.everything(target, "disable"));

        try (ReplayServer server = ReplayServer.builder(run.recording())
                .settings(ReplaySettings.DEFAULTS.withAuthentication(
                        AuthenticationMethod.SCRAM_SHA_256, run.user(), "secret of the replay"))
                .tls()
                .start()) {
            assertThat(JdbcPrograms.everything(run.target(server, "secret of the replay"), "require"))
                    .isEqualTo(run.result());
        }
    }

    @Test
    void aCancelledStatementIsCancelledAgain() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(JdbcPrograms::cancel);
        assertThat(run.result()).containsExactly("57014 ERROR: canceling statement due to user request", "done");

        assertThat(replayed(run, JdbcPrograms::cancel, 1)).isEqualTo(run.result());
    }

    @Test
    void twoConnectionsNotifyEachOtherAgain() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(JdbcPrograms::notifyEachOther);
        assertThat(run.result()).hasSize(2);

        assertThat(replayed(run, JdbcPrograms::notifyEachOther, 0)).isEqualTo(run.result());
    }

    @Test
    void twoConnectionsArePlayedAtTheSameTime() throws Exception {
        RecordedRun<List<String>> run = RecordedRun.of(JdbcPrograms::inParallel);

        assertThat(replayed(run, JdbcPrograms::inParallel, 0)).isEqualTo(run.result());
    }
}
