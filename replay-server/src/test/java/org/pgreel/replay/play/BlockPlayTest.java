package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocks are chosen by what the frontend does; connections, gates, labels and deadlines are kept. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockPlayTest {
    private static final String PASSED = "played to the end\n";
    private static final String READY = "ReadyForQuery I";

    private static String statement(String sql) {
        return "statement \"" + sql + "\" {\nB CommandComplete \"" + sql.toUpperCase(java.util.Locale.ROOT) + "\"\n}";
    }

    private static void asks(TestConnection client, String sql) {
        client.says("F Query \"" + sql + "\"");
        assertThat(client.hears())
                .containsExactly("CommandComplete \"" + sql.toUpperCase(java.util.Locale.ROOT) + "\"", READY);
    }

    @Test
    void eitherIsChosenByTheFrontend() {
        for (String sql : List.of("a", "b")) {
            TestRun run = TestRun.of("either {", statement("a"), "} or {", statement("b"), "}");
            TestConnection client = run.connect().logsIn();
            asks(client, sql);
            client.says("F Terminate").ends();
            assertThat(run.verdict()).isEqualTo(PASSED);
        }
    }

    @Test
    void whatNoPartBeginsWithIsADepartureThatNamesAllOfThem() {
        TestRun run = TestRun.of("either {", statement("a"), "} or {", statement("b"), "}");

        run.connect().logsIn().says("F Query \"c\"");

        Mismatch mismatch = run.departures.get(0);
        assertThat(mismatch.expected()).containsExactly("statement \"a\" {", "statement \"b\" {");
        assertThat(mismatch.got()).isEqualTo("F Query \"c\"");
        assertThat(mismatch.transcript())
                .contains("B ReadyForQuery I")
                .first()
                .asString()
                .startsWith("F StartupMessage");
    }

    @Test
    void aDepartureIsToldWithAllThatHelps() {
        TestRun run = new TestRun("""
                use startup
                B AuthenticationOk
                B ReadyForQuery I
                either {
                  F Bind "" "t" values=["2"]
                  F end
                } or {
                  F Parse "s" "select 1"
                  F end
                } or {
                  F Bind "" "s" values=["1"]
                  F end
                }
                """);

        run.connect().says("F StartupMessage 3.0 user=\"ada\"", "F Bind \"\" \"s\" values=[\"2\"]");

        assertThat(run.verdict()).isEqualTo("""
                        connection 1, line 5: expected F Bind "" "t" values=["2"] (or 2 other), got F Bind "" "s" values=["2"]
                          or expected F Bind "" "s" values=["1"]
                          or expected F Parse "s" "select 1"
                          so far:
                            F StartupMessage 3.0 user="ada"
                            B AuthenticationOk
                            B ReadyForQuery I
                          > F Bind "" "s" values=["2"]
                        """);
    }

    @Test
    void anOptionalPartMayBeLeftOut() {
        for (boolean left : new boolean[] {true, false}) {
            TestRun run = TestRun.of("optional {", statement("a"), "}", statement("b"));
            TestConnection client = run.connect().logsIn();
            if (!left) {
                asks(client, "a");
            }
            asks(client, "b");
            client.ends();
            assertThat(run.verdict()).isEqualTo(PASSED);
        }
    }

    @Test
    void aPartIsRepeatedAsOftenAsItMay() {
        for (int times = 0; times < 5; times++) {
            TestRun run = TestRun.of("repeat 1..3 {", statement("a"), "}", statement("b"));
            TestConnection client = run.connect().logsIn();
            for (int i = 0; i < times; i++) {
                client.says("F Query \"a\"");
            }
            client.says("F Query \"b\"").ends();
            assertThat(run.engine.report().passed()).isEqualTo(times >= 1 && times <= 3);
        }
    }

    @Test
    void unorderedPartsComeInAnyOrder() {
        for (String order : List.of("abc", "cba", "bca")) {
            TestRun run = TestRun.of(
                    "unordered {", statement("a"), "} and {", statement("b"), "} and {", statement("c"), "}");
            TestConnection client = run.connect().logsIn();
            order.chars().forEach(letter -> asks(client, String.valueOf((char) letter)));
            client.ends();
            assertThat(run.verdict()).isEqualTo(PASSED);
        }
        TestRun run = TestRun.of("unordered {", statement("a"), "} and {", statement("b"), "}");
        run.connect().logsIn().says("F Query \"b\"", "F Query \"b\"");
        assertThat(run.departures).hasSize(1);
    }

    @Test
    void gatesHoldOneConnectionUntilAnotherHasComeThere() {
        TestRun run = new TestRun("""
                connection 1 {
                  use login
                  await go 2
                  B NoticeResponse NOTICE 00000 "now"
                  F end
                }
                connection 2..3 {
                  use login
                  signal go
                  F end
                }
                """);
        TestConnection first = run.connect().logsIn();
        TestConnection second = run.connect().logsIn();
        assertThat(first.hears()).isEmpty();
        TestConnection third = run.connect().logsIn();
        assertThat(first.hears()).containsExactly("NoticeResponse NOTICE 00000 \"now\"");
        List.of(first, second, third).forEach(TestConnection::ends);
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aLabelKeepsItsMeaning() {
        String script = "statement \"insert '\"<uuid:id>\"'\" {\nB CommandComplete \"A\"\n}\n"
                + "statement \"select '\"<uuid:id>\"'\" {\nB DataRow <uuid:id>\nB CommandComplete \"B\"\n}";
        String id = "00000000-1111-2222-3333-444444444444";
        TestRun run = TestRun.of(script);
        TestConnection client = run.connect().logsIn();
        client.says("F Query \"insert '" + id + "'\"", "F Query \"select '" + id + "'\"");
        assertThat(client.hears()).contains("DataRow \"" + id + "\"");

        TestRun other = TestRun.of(script);
        other.connect()
                .logsIn()
                .says("F Query \"insert '" + id + "'\"", "F Query \"select '" + id.replace('4', '5') + "'\"");
        assertThat(other.departures).hasSize(1);
    }

    @Test
    void exactLinesAreExact() {
        TestRun run = new TestRun("""
                use login
                F Parse "s" "select $1" [int4]
                F Describe S "s"
                F Flush
                B ParseComplete
                B ParameterDescription int4
                B NoData
                F Bind "" <name> formats=[binary] values=[<uuid:id> null *] results=[...]
                F Sync
                B BindComplete
                B ReadyForQuery I
                F end
                """);
        TestConnection client = run.connect().logsIn();
        client.says("F Parse \"s\" \"select $1\" [int4]", "F Describe S \"s\"", "F Flush");
        assertThat(client.hears()).containsExactly("ParseComplete", "ParameterDescription int4", "NoData");
        client.says(
                "F Bind \"\" \"s\" formats=[binary] values=[x\"00112233445566778899aabbccddeeff\" null \"z\"] results=[text binary]",
                "F Sync");
        client.hears();
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aFieldLeftOutHasItsDefault() {
        TestRun run = new TestRun("use login\nF Execute\nF end\n");

        run.connect().logsIn().says("F Execute \"\" 5");

        assertThat(run.departures.get(0).sentence())
                .isEqualTo("connection 1, line 2: expected F Execute, got F Execute \"\" 5");
    }

    @Test
    void anFLineWaitsNoLongerThanItsTime() {
        TestRun run = new TestRun("connection 1 {\nuse login\nF end within=2s\n}\n");
        TestConnection client = run.connect().logsIn();

        client.waits(Duration.ofMillis(1999));
        assertThat(run.departures).isEmpty();
        client.waits(Duration.ofMillis(1));

        assertThat(run.departures.get(0).got()).isEqualTo("nothing within 2 s");
        assertThat(client.closed).isTrue();
    }

    @Test
    void silenceIsAwaited() {
        TestRun run = TestRun.of(statement("a"), "F silent 300ms", statement("b"));
        TestConnection client = run.connect().logsIn();
        asks(client, "a");
        client.waits(Duration.ofMillis(300));
        asks(client, "b");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);

        TestRun other = TestRun.of(statement("a"), "F silent 300ms", statement("b"));
        other.connect().logsIn().says("F Query \"a\"", "F Query \"b\"");
        assertThat(other.departures.get(0).expected()).containsExactly("F silent 300ms");
    }

    @Test
    void goingOnBehindTheEndIsADeparture() {
        TestRun run = new TestRun("use login\nF end\n");

        TestConnection client = run.connect().logsIn().says("F Query \"a\"");

        assertThat(run.departures.get(0).expected()).containsExactly("F end");
        assertThat(client.hears().get(0)).startsWith("ErrorResponse FATAL RP002");
        assertThat(client.closed).isTrue();
    }

    @Test
    void behindRawBytesWithARestNothingIsLookedAt() {
        TestRun run = new TestRun("F connect\nB raw \"hello\"\nF raw x\"16\" ...\nF end\n");
        TestConnection client = run.connect();
        byte[] hello = {0x16, 3, 1, 0, 2, 1, 0};

        client.input().received(hello, 0, 7);
        client.input().received(hello, 2, 5);

        assertThat(run.verdict()).isNotEqualTo(PASSED);
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void rawBytesAreAwaitedAndSent() {
        TestRun run = new TestRun("F connect\nB raw \"hello\"\nF raw x\"0102\"\nF eof\n");
        TestConnection client = run.connect();
        assertThat(client.hearsBytes()).asString().isEqualTo("hello");
        client.input().received(new byte[] {1, 2}, 0, 2);
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aBlockThatNeverCameFailsTheRun() {
        TestRun run = new TestRun("connection 1 {\nuse login\nF end\n}\nconnection 2 {\nuse login\nF end\n}\n");
        run.connect().logsIn().ends();

        assertThat(run.engine.report().problems()).containsExactly("connection 2 never came");
    }

    @Test
    void everyFragmentationSaysTheSame() {
        List<Chunking> chunkings = List.of(
                Chunking.WHOLE,
                Chunking.BYTES,
                new Chunking.FrameBoundary(-1),
                new Chunking.FrameBoundary(0),
                new Chunking.FrameBoundary(1),
                new Chunking.Seeded(1),
                new Chunking.Seeded(2));
        List<String> whole = null;
        for (Chunking chunking : chunkings) {
            assertThat(Chunking.of(chunking.word())).isEqualTo(chunking);
            TestRun run = new TestRun("use login\nF end\n", ServerSettings.DEFAULTS, chunking);
            TestConnection client = run.connect().says("F StartupMessage 3.0 user=\"ada\"");
            List<String> heard = client.hears();
            whole = whole == null ? heard : whole;
            assertThat(heard).isEqualTo(whole);
            assertThat(client.writes()).hasSizeGreaterThan(chunking == Chunking.WHOLE ? 0 : 1);
        }
    }

    @Test
    void aBoundaryEndsAWrite() {
        TestRun run = TestRun.of(
                "statement \"a\" {", "B DataRow \"1\"", "|", "B DataRow \"2\"", "| 3", "B DataRow \"3\"", "}");
        TestConnection client = run.connect().logsIn().says("F Query \"a\"");

        assertThat(client.writes()).containsExactly(12, 15, 9 + 6);
    }

    @Test
    void aSlowClientIsWaitedFor() {
        TestRun run = TestRun.of(statement("a"));
        TestConnection client = run.connect().logsIn();
        client.full(true);
        client.says("F Query \"a\"");
        assertThat(client.hears()).isEmpty();
        client.full(false);
        assertThat(client.hears()).hasSize(2);
    }
}
