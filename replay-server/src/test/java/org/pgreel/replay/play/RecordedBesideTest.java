package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.report.Resend;
import org.pgreel.replay.script.Script;

/** A script is laid over a recording: the recording answers, the script's faults act on its answers. */
class RecordedBesideTest {

    private static final String ACK_LOST = """
            ! lost: swallow, reset @ B CommandComplete "COMMIT"
            never after lost statement <regex "(?i)insert into orders .*">
            """;

    private static final String INSERT = "insert into orders values (1)";

    private static TestRun run(String script, boolean verbatim) {
        var recording = new TestRecording();
        var open = new ReadyForQuery(TransactionStatus.IN_BLOCK);
        recording
                .connection("ada", 4711)
                .sends(new Query("begin"))
                .answers(new CommandComplete("BEGIN"), open)
                .sends(new Query(INSERT))
                .answers(new CommandComplete("INSERT 0 1"), open)
                .sends(new Query("commit"))
                .answers(new CommandComplete("COMMIT"), TestRecording.ready());
        var beside = new RecordingBeside(recording.playable(), verbatim);
        return new TestRun(script, ServerSettings.DEFAULTS.withRecording(beside), Chunking.WHOLE);
    }

    private static TestConnection order(TestRun run) {
        TestConnection client = run.connect().logsIn();
        client.says("F Query \"begin\"", "F Query \"" + INSERT + "\"", "F Query \"commit\"");
        return client;
    }

    @Test
    void theAnswersAreRecordedAndTheFaultFires() {
        TestRun run = run(ACK_LOST, false);
        TestConnection client = order(run);
        assertThat(client.hears())
                .containsSubsequence(
                        "CommandComplete \"BEGIN\"",
                        "ReadyForQuery T",
                        "CommandComplete \"INSERT 0 1\"",
                        "ReadyForQuery T")
                .doesNotContain("CommandComplete \"COMMIT\"");
        assertThat(run.engine.report().passed()).as(run.verdict()).isTrue();
    }

    @Test
    void whoeverOrdersAgainIsCaught() {
        TestRun run = run(ACK_LOST, false);
        order(run);
        TestConnection again = run.connect().logsIn();
        again.says("F Query \"begin\"");
        assertThat(again.hears()).contains("CommandComplete \"BEGIN\"");
        again.says("F Query \"" + INSERT + "\"");
        assertThat(run.engine.report().passed()).isFalse();
        assertThat(run.verdict()).contains("never after lost statement");
    }

    @Test
    void aFaultThatNeverFiresFailsTheRun() {
        TestRun run = run(ACK_LOST, false);
        run.connect().logsIn().says("F Query \"begin\"", "F Terminate");
        assertThat(run.verdict()).contains("the fault never fired");
    }

    @Test
    void whatWasNotRecordedIsAProblemOfTheRun() {
        TestRun run = run("note \"nothing\"\n", false);
        TestConnection client = run.connect().logsIn();
        client.says("F Query \"select 5\"", "F Terminate");
        assertThat(client.hears()).anyMatch(line -> line.contains("RP001"));
        assertThat(run.verdict()).contains("the recording has no answer");
    }

    @Test
    void verbatimFollowsTheRecordingMessageByMessage() {
        TestRun run = run("! omit @ B CommandComplete \"INSERT 0 1\"\n", true);
        TestConnection client = order(run);
        client.says("F Terminate").ends();
        assertThat(client.hears())
                .contains("CommandComplete \"COMMIT\"")
                .doesNotContain("CommandComplete \"INSERT 0 1\"");
        assertThat(run.engine.report().passed()).as(run.verdict()).isTrue();

        TestRun other = run("note \"nothing\"\n", true);
        other.connect().logsIn().says("F Query \"begin\"", "F Query \"select 1\"");
        assertThat(other.verdict())
                .contains("expected F Query \"insert into orders values (1)\", got F Query \"select 1\"");
    }

    @Test
    void aScriptWithLinesOfItsOwnIsAskedFirst() {
        TestRun run = run("""
                use login
                statement "select 1" {
                  B CommandComplete "SELECT 0"
                }
                F end
                """, false);
        TestConnection client = run.connect().logsIn();
        client.says("F Query \"begin\"", "F Query \"select 1\"", "F Terminate").ends();
        assertThat(client.hears())
                .containsSubsequence(List.of("CommandComplete \"BEGIN\"", "CommandComplete \"SELECT 0\""));
        assertThat(run.engine.report().passed()).as(run.verdict()).isTrue();
    }

    @Test
    void theLedgerNamesWhatIsSentAgainAfterItsAnswerWasLost() {
        TestRun run = run("! swallow, reset @ B CommandComplete \"COMMIT\"\n", false);
        order(run);
        assertThat(run.engine.report().resent()).isEmpty();
        order(run);
        assertThat(run.engine.report().fired()).containsExactly("! swallow, reset @ B CommandComplete \"COMMIT\"");
        assertThat(run.engine.report().resent())
                .singleElement()
                .extracting(Resend::line)
                .isEqualTo("connection 2 sent again what may have been applied: " + INSERT
                        + " (#1@10; connection 1 never learnt what became of it)");
    }

    @Test
    void aTransactionThatBrokeOffBeforeItsCommitMayBeSentAgain() {
        TestRun run = run("! reset @ B CommandComplete \"INSERT 0 1\"\n", false);
        run.connect().logsIn().says("F Query \"begin\"", "F Query \"" + INSERT + "\"");
        order(run).says("F Terminate").ends();
        assertThat(run.engine.report().resent()).isEmpty();
        assertThat(run.engine.report().misses()).isEmpty();
    }

    @Test
    void aTransactionWhoseAnswerArrivedIsNoneThatMayHaveBeenLost() {
        TestRun run = run("! reset @ F Query \"select 1\"\n", false);
        order(run).says("F Query \"select 1\"");
        assertThat(run.engine.report().fired()).hasSize(1);
        order(run);
        assertThat(run.engine.report().resent()).isEmpty();
    }

    @Test
    void aClientThatGivesUpOnASilentServerHasNotLearntEither() {
        TestRun run = run("! swallow @ B CommandComplete \"COMMIT\"\n", false);
        order(run).ends();
        order(run);
        assertThat(run.engine.report().resent()).hasSize(1);
    }

    @Test
    void aFaultWhoseMomentIsNotInTheRecordingIsRefused() {
        assertThat(refusal("! reset @ B CommandComplete \"ROLLBACK\"\n"))
                .isEqualTo("line 1, column 1: the fault can never fire: the recording holds no such CommandComplete; it"
                        + " holds B CommandComplete \"BEGIN\", B CommandComplete \"INSERT 0 1\", B CommandComplete"
                        + " \"COMMIT\"");
        assertThat(refusal("note \"x\"\n! reset @ B DataRow\n"))
                .isEqualTo("line 2, column 1: the fault can never fire: the recording holds no such DataRow");
        assertThat(refusal("! reset @ status E\n")).contains("holds no B ReadyForQuery E");
        assertThat(refusal("! reset @ B CommandComplete \"COMMIT\" #2\n")).contains("only one such CommandComplete");
        assertThat(refusal("! reset @ F Query \"select 1\"\n")).contains("no such Query; it holds F Query \"begin\"");
        assertThat(refusal("! reset @ status T\n! reset @ B CommandComplete #3\n"))
                .isEmpty();
    }

    private static String refusal(String overlay) {
        RecordingBeside beside = Objects.requireNonNull(
                run("note \"x\"\n", true).engine.settings().recording());
        try {
            FaultMoments.check(Script.parse(overlay), beside);
            return "";
        } catch (NotationException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
