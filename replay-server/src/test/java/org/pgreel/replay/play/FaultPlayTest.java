package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each effect does to the wire what its name says, at each kind of moment, and is noticed when it never comes. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultPlayTest {
    private static final String PASSED = "played to the end\n";
    private static final byte[] ROW_1 = {'D', 0, 0, 0, 11, 0, 1, 0, 0, 0, 1, '1'};

    /** Plays a statement of two rows with the fault and returns what the client heard. */
    private static TestConnection played(TestRun run) {
        return run.connect().logsIn().says("F Query \"a\"");
    }

    private static TestRun behind(String fault) {
        return TestRun.of(fault, "statement \"a\" {", TestRun.RESULT, "}");
    }

    private static TestRun inside(String fault) {
        return TestRun.of(
                "statement \"a\" {",
                "B RowDescription n:int4",
                fault,
                "B DataRow \"1\"",
                "B DataRow \"2\"",
                "B CommandComplete \"SELECT 2\"",
                "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "omit | D2",
                "duplicate | D1 D1 D2",
                "swap | D2 D1",
                "insert B NoticeResponse WARNING 01000 \"hi\" | N D1 D2",
                "split 3 | D1 D2",
                "chop 4 | D1 D2",
            })
    void anEffectChangesTheNextMessage(String effect, String expected) {
        for (TestRun run : List.of(inside("! " + effect), behind("! " + effect + " @ B DataRow"))) {
            List<String> heard = played(run).hears();

            assertThat(abbreviated(heard)).isEqualTo("T " + expected + " C Z");
            assertThat(run.engine.report().unfired()).isEmpty();
        }
    }

    private static String abbreviated(List<String> heard) {
        var letters = new StringBuilder();
        for (String line : heard) {
            String letter = line.startsWith("DataRow")
                    ? "D" + line.charAt(9)
                    : line.startsWith("RowD") ? "T" : line.startsWith("Ready") ? "Z" : line.substring(0, 1);
            letters.append(letters.isEmpty() ? "" : " ").append(letter);
        }
        return letters.toString();
    }

    @Test
    void splitAndChopMakeWritesOfTheirOwn() {
        TestConnection client = played(behind("! chop 4 @ B DataRow #1"));
        int before = 1 + 4 + 2 + 2 + 18;

        assertThat(client.writes()).containsExactly(before + 4, 4, 4 + 12 + 14 + 6);
        assertThat(played(behind("! split 3 @ B DataRow #2")).writes()).first().isEqualTo(before + 12 + 3);
    }

    @Test
    void truncateKeepsTheFirstBytes() {
        TestConnection client = played(inside("! truncate 6, reset"));

        byte[] heard = client.hearsBytes();

        assertThat(Arrays.copyOfRange(heard, heard.length - 6, heard.length)).isEqualTo(Arrays.copyOf(ROW_1, 6));
        assertThat(client.aborted).isTrue();
    }

    @Test
    void corruptAndSetChangeBytesAndAdjustNothing() {
        byte[] corrupted = played(inside("! corrupt 11 x\"ff\"")).hearsBytes();
        byte[] set = played(inside("! set length=3")).hearsBytes();
        byte[] columns = played(inside("! set columns=65535")).hearsBytes();
        byte[] type = played(inside("! set type=\"~\"")).hearsBytes();

        int at = 27;
        assertThat(corrupted[at + 11]).isEqualTo((byte) 0xff);
        assertThat(Arrays.copyOfRange(set, at + 1, at + 5)).containsExactly(0, 0, 0, 3);
        assertThat(Arrays.copyOfRange(columns, at + 5, at + 7)).containsExactly(0xff, 0xff);
        assertThat(type[at]).isEqualTo((byte) '~');
    }

    @Test
    void anOverrideInALineIsTheSame() {
        TestRun run = TestRun.of("statement \"a\" {", "B DataRow \"1\" !length=3", "B stall", "}");

        byte[] heard = played(run).hearsBytes();

        assertThat(heard).containsExactly('D', 0, 0, 0, 3, 0, 1, 0, 0, 0, 1, '1');
    }

    @Test
    void eachMeansEach() {
        assertThat(abbreviated(played(behind("! omit @ B DataRow #*")).hears())).isEqualTo("T C Z");
        assertThat(abbreviated(played(behind("! omit @ B DataRow #2")).hears())).isEqualTo("T D1 C Z");
        assertThat(abbreviated(played(behind("! omit @ B DataRow \"2\"")).hears()))
                .isEqualTo("T D1 C Z");
    }

    @Test
    void aResetInsideAMessageComesAfterThatManyBytes() {
        TestConnection client = played(behind("! reset @ B DataRow #2 byte 7"));

        assertThat(client.hearsBytes()).hasSize(27 + 12 + 7);
        assertThat(client.aborted).isTrue();
    }

    @Test
    void beforeAndAfterAreTheMessagesEnds() {
        assertThat(played(behind("! close @ B DataRow #2")).hearsBytes()).hasSize(27 + 12);
        assertThat(played(behind("! close @ before B DataRow #2")).hearsBytes()).hasSize(27 + 12);
        assertThat(played(behind("! close @ after B DataRow #2")).hearsBytes()).hasSize(27 + 12 + 12);
        assertThat(abbreviated(played(behind("! insert B NoticeResponse WARNING 01000 \"hi\" @ after B DataRow"))
                        .hears()))
                .isEqualTo("T D1 N D2 C Z");
    }

    @Test
    void aByteOfTheStreamIsAMoment() {
        TestRun run = new TestRun("! reset @ byte 20\nconnection * {\nuse login\nF end\n}\n");
        TestConnection client = run.connect();

        client.says("F StartupMessage 3.0 user=\"ada\"");

        assertThat(client.hearsBytes()).hasSize(20);
        assertThat(client.aborted).isTrue();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void theNumberOfAMessageIsAMoment() {
        TestRun run = new TestRun("! eof @ message 3\nuse login\nF end\n");
        TestConnection client = run.connect();

        client.says("F StartupMessage 3.0 user=\"ada\"");

        assertThat(client.hears()).hasSize(1);
        assertThat(client.halfClosed).isTrue();
    }

    @Test
    void theArrivalOfAConnectionIsAMoment() {
        TestRun run = new TestRun("! reset @ connection 2\nconnection 1.. {\nuse login\nF end\n}\n");
        run.connect().logsIn().ends();
        TestConnection second = run.connect().says("F StartupMessage 3.0 user=\"ada\"");

        assertThat(second.aborted).isTrue();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aStatusIsAMoment() {
        TestRun run = TestRun.of("! stall 2s @ status T");
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"begin\"");
        assertThat(client.hears()).last().isEqualTo("ReadyForQuery T");
        client.says("F Query \"select 1\"");
        assertThat(client.hears()).isEmpty();
        client.waits(Duration.ofSeconds(2));
        assertThat(client.hears()).last().isEqualTo("ReadyForQuery T");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void swallowedBytesNeverCome() {
        TestConnection client = played(behind("! lost: swallow @ B CommandComplete \"SELECT 2\""));

        assertThat(abbreviated(client.hears())).isEqualTo("T D1 D2");
        assertThat(client.closed || client.aborted || client.halfClosed).isFalse();
    }

    @Test
    void deafReadsNoMore() {
        TestConnection client = played(behind("! deaf @ B CommandComplete"));

        assertThat(client.paused).isTrue();
    }

    @Test
    void throttledBytesComeWithTime() {
        TestConnection client = played(behind("! throttle 100 @ B RowDescription"));

        assertThat(client.hearsBytes()).hasSize(5);
        client.waits(Duration.ofMillis(100));
        assertThat(client.hearsBytes()).hasSize(10);
        client.waits(Duration.ofSeconds(1));
        assertThat(client.hearsBytes()).hasSize(27 + 24 + 14 + 6 - 15);
    }

    @Test
    void coalescedBytesComeTogether() {
        TestRun run =
                TestRun.of("! coalesce 40", "statement \"a\" {", "B DataRow \"1\"", "|", "B DataRow \"2\"", "|", "}");
        TestConnection client = played(run);

        assertThat(client.writes()).isEmpty();
        client.waits(Duration.ofMillis(40));
        assertThat(client.writes()).containsExactly(12 + 12 + 6);
    }

    @Test
    void aDelayHoldsWhatFollowsBack() {
        TestRun run = TestRun.of("statement \"a\" {", "B DataRow \"1\"", "B delay 300ms", "B DataRow \"2\"", "}");
        TestConnection client = played(run);

        assertThat(abbreviated(client.hears())).isEqualTo("D1");
        client.waits(Duration.ofMillis(299));
        assertThat(client.hears()).isEmpty();
        client.waits(Duration.ofMillis(1));
        assertThat(abbreviated(client.hears())).isEqualTo("D2 Z");
    }

    @Test
    void anIgnoredMessageHasNotCome() {
        TestRun run = TestRun.of("! ignore @ F Query \"a\"", "statement \"b\" {", "B CommandComplete \"B\"", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"a\"", "F Query \"b\"");

        assertThat(client.hears()).containsExactly("CommandComplete \"B\"", "ReadyForQuery I");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void occupiedPlacesAreTakenFromTheOthers() {
        TestRun run = new TestRun(
                "connection 1 {\nuse login\n! occupy 100\nF end\n}\nconnection 2 {\nF StartupMessage ...\nF end\n}\n",
                ServerSettings.DEFAULTS,
                Chunking.WHOLE);
        run.connect().logsIn();
        TestConnection second = run.connect().says("F StartupMessage 3.0 user=\"ada\"");

        assertThat(second.hears()).containsExactly("ErrorResponse FATAL 53300 \"sorry, too many clients already\"");
    }

    @Test
    void aFaultThatNeverFiredFailsTheRun() {
        TestRun run = behind("! omit @ B DataRow #3");
        played(run).ends();

        assertThat(run.engine.report().problems())
                .containsExactly("line 3: the fault never fired: ! omit @ B DataRow #3");
    }

    @Test
    void aLabelIsASignalAndForbidsWhatFollows() {
        TestRun run = new TestRun("""
                ! lost: swallow, reset @ B CommandComplete "COMMIT"
                never after lost statement <regex "(?i)insert .*">
                connection * {
                  use login
                  use housekeeping
                  repeat {
                    statement <regex "insert .*"> {
                      B CommandComplete "INSERT 0 1"
                    }
                  }
                  F end
                }
                """);
        TestConnection first = run.connect().logsIn();
        first.says("F Query \"begin\"", "F Query \"insert into t\"", "F Query \"commit\"");
        assertThat(first.aborted).isTrue();
        assertThat(first.hears()).last().isEqualTo("ReadyForQuery T");

        run.connect().logsIn().says("F Query \"insert into t\"");

        assertThat(run.departures).hasSize(1);
        assertThat(run.departures.get(0).expected().get(0)).startsWith("never after lost statement");
    }
}
