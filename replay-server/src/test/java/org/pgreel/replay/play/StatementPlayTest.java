package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement is answered in whichever protocol and grouping the client uses. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatementPlayTest {
    private static final String STATEMENT = "statement \"select n from t where x = $1\" {\n" + TestRun.RESULT + "}";
    private static final String PARSE = "F Parse \"\" \"select n from t where x = $1\"";
    private static final String PASSED = "played to the end\n";

    @Test
    void aQueryIsAnsweredInTheBodysOrder() {
        TestRun run = TestRun.of("statement \"select n\" {", TestRun.RESULT, "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"select n\"");

        assertThat(client.hears())
                .containsExactly(
                        "RowDescription n:int4",
                        "DataRow \"1\"",
                        "DataRow \"2\"",
                        "CommandComplete \"SELECT 2\"",
                        "ReadyForQuery I");
        assertThat(client.writes()).hasSize(1);
        client.says("F Terminate").ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void anExtendedQueryGetsItsAnswerWhereTheProtocolHasIt() {
        TestRun run = TestRun.of(STATEMENT);
        TestConnection client = run.connect().logsIn();

        client.saysAtOnce(PARSE, "F Bind values=[\"7\"]", "F Describe P", "F Execute", "F Sync");

        assertThat(client.hears())
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "RowDescription n:int4",
                        "DataRow \"1\"",
                        "DataRow \"2\"",
                        "CommandComplete \"SELECT 2\"",
                        "ReadyForQuery I");
        assertThat(client.writes()).hasSize(1);
        client.says("F Terminate").ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aStatementPreparedEarlierIsExecutedWithoutItsParse() {
        TestRun run = TestRun.of(STATEMENT, STATEMENT);
        TestConnection client = run.connect().logsIn();

        client.says("F Parse \"s\" \"select n from t where x = $1\" [int4]", "F Describe S \"s\"", "F Sync");
        assertThat(client.hears())
                .containsExactly(
                        "ParseComplete", "ParameterDescription int4", "RowDescription n:int4", "ReadyForQuery I");
        for (int i = 0; i < 2; i++) {
            client.says("F Bind \"\" \"s\" values=[\"7\"]", "F Execute", "F Sync");
            assertThat(client.hears())
                    .containsExactly(
                            "BindComplete",
                            "DataRow \"1\"",
                            "DataRow \"2\"",
                            "CommandComplete \"SELECT 2\"",
                            "ReadyForQuery I");
        }
        client.says("F Close S \"s\"", "F Sync");
        assertThat(client.hears()).containsExactly("CloseComplete", "ReadyForQuery I");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void cellsAreSentInTheFormatAskedFor() {
        TestRun run = TestRun.of(STATEMENT);
        TestConnection client = run.connect().logsIn();

        client.says(PARSE, "F Bind values=[\"7\"] results=[binary]", "F Describe P", "F Execute", "F Sync");

        assertThat(client.hears())
                .contains("RowDescription n:int4/binary", "DataRow x\"00000001\"", "DataRow x\"00000002\"");
    }

    @Test
    void everyTypeThatAScriptCanWriteIsWrittenAsAServerDoes() {
        TestRun run = TestRun.of(
                "statement \"a\" {",
                "B RowDescription a:int2 b:int8 c:bool d:float8 e:date f:timestamp g:timestamptz h:time i:uuid j:bytea"
                        + " k:jsonb l:text m:int4",
                "B DataRow \"-2\" \"3\" \"t\" \"1.5\" \"2000-01-02\" \"2000-01-01 00:00:01\""
                        + " \"2000-01-01 01:00:01+01\" \"00:00:01\" \"00112233-4455-6677-8899-aabbccddeeff\""
                        + " \"\\\\x01ff\" \"{}\" \"x\" null",
                "B CommandComplete \"SELECT 1\"",
                "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Parse \"\" \"a\"", "F Bind results=[binary]", "F Execute", "F Sync");

        assertThat(client.hears())
                .contains("DataRow x\"fffe\" x\"0000000000000003\" x\"01\" x\"3ff8000000000000\" x\"00000001\""
                        + " x\"00000000000f4240\" x\"00000000000f4240\" x\"00000000000f4240\""
                        + " x\"00112233445566778899aabbccddeeff\" x\"01ff\" x\"017b7d\" \"x\" null");
    }

    @Test
    void aTypeThatAScriptCannotWriteInBinaryIsSaidSo() {
        TestRun run = TestRun.of("statement \"a\" {", "B RowDescription n:inet", "B DataRow \"::1\"", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Parse \"\" \"a\"", "F Bind results=[binary]", "F Execute");

        assertThat(run.verdict()).contains("a value of the type with OID 869 in binary");
        assertThat(client.closed).isTrue();
    }

    @Test
    void anExecuteOfFewerRowsSuspendsThePortal() {
        TestRun run = TestRun.of(STATEMENT);
        TestConnection client = run.connect().logsIn();

        client.says(PARSE, "F Bind \"p\" values=[\"7\"]", "F Execute \"p\" 1", "F Flush");
        assertThat(client.hears()).containsExactly("ParseComplete", "BindComplete", "DataRow \"1\"", "PortalSuspended");
        client.says("F Execute \"p\" 5", "F Sync");
        assertThat(client.hears()).containsExactly("DataRow \"2\"", "CommandComplete \"SELECT 2\"", "ReadyForQuery I");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void twoStatementsUnderOneSyncAreAnsweredInOneGo() {
        TestRun run = TestRun.of(
                "statement \"a\" {",
                "B CommandComplete \"INSERT 0 1\"",
                "}",
                "statement \"b\" {",
                "B CommandComplete \"INSERT 0 2\"",
                "}");
        TestConnection client = run.connect().logsIn();

        client.saysAtOnce(
                "F Parse \"\" \"a\"", "F Bind", "F Execute", "F Parse \"\" \"b\"", "F Bind", "F Execute", "F Sync");

        assertThat(client.hears())
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "CommandComplete \"INSERT 0 1\"",
                        "ParseComplete",
                        "BindComplete",
                        "CommandComplete \"INSERT 0 2\"",
                        "ReadyForQuery I");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void anErrorSkipsToTheSync() {
        TestRun run = TestRun.of("statement \"a\" {", "B ErrorResponse ERROR 22012 \"division by zero\"", "}");
        TestConnection client = run.connect().logsIn();

        client.saysAtOnce(
                "F Parse \"\" \"a\"", "F Bind", "F Execute", "F Parse \"\" \"b\"", "F Bind", "F Execute", "F Sync");

        assertThat(client.hears())
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "ErrorResponse ERROR 22012 \"division by zero\"",
                        "ReadyForQuery I");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void theStatusFollowsTheTags() {
        TestRun run = TestRun.of("statement \"bad\" {", "B ErrorResponse ERROR 42601 \"syntax error\"", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"begin\"");
        assertThat(client.hears()).containsExactly("CommandComplete \"BEGIN\"", "ReadyForQuery T");
        client.says("F Query \"savepoint s\"");
        assertThat(client.hears()).last().isEqualTo("ReadyForQuery T");
        client.says("F Query \"bad\"");
        assertThat(client.hears()).last().isEqualTo("ReadyForQuery E");
        client.says("F Query \"rollback to s\"");
        assertThat(client.hears()).last().isEqualTo("ReadyForQuery T");
        client.says("F Query \"rollback\"");
        assertThat(client.hears()).containsExactly("CommandComplete \"ROLLBACK\"", "ReadyForQuery I");
    }

    @Test
    void aReadyForQueryOfTheBodyIsTheOnlyOneAndWaitsForTheSync() {
        TestRun run = TestRun.of("statement \"a\" {", "B CommandComplete \"X\"", "B ReadyForQuery T", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Parse \"\" \"a\"", "F Bind", "F Execute", "F Flush");
        assertThat(client.hears()).containsExactly("ParseComplete", "BindComplete", "CommandComplete \"X\"");
        client.says("F Sync");
        assertThat(client.hears()).containsExactly("ReadyForQuery T");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void theRestOfADeadCycleIsForgotten() {
        TestRun run = TestRun.of("statement \"a\" {", "B ErrorResponse FATAL 57P01 \"bye\"", "B eof", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Parse \"\" \"a\"", "F Bind", "F Execute", "F Sync");
        assertThat(client.hears()).last().isEqualTo("ErrorResponse FATAL 57P01 \"bye\"");
        assertThat(client.halfClosed).isTrue();
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void parametersAreComparedWhenTheLineNamesThem() {
        TestRun run = TestRun.of("statement \"select $1\" \"7\" {", "B CommandComplete \"SELECT 0\"", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Parse \"\" \"select $1\" [int4]", "F Bind formats=[binary] values=[x\"00000008\"]", "F Execute");

        assertThat(run.departures).hasSize(1);
    }

    @Test
    void housekeepingAnswersWhatTheScriptDoesNotName() {
        TestRun run = TestRun.of("statement \"a\" {", "B CommandComplete \"X\"", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"SET extra_float_digits = 3\"");
        assertThat(client.hears()).containsExactly("CommandComplete \"SET\"", "ReadyForQuery I");
        client.says("F Query \"SET application_name = 'me'\"");
        assertThat(client.hears()).contains("ParameterStatus \"application_name\" \"me\"");
        client.says("F Query \"show application_name\"");
        assertThat(client.hears()).contains("DataRow \"me\"");
        client.says("F Query \"\"");
        assertThat(client.hears()).containsExactly("EmptyQueryResponse", "ReadyForQuery I");
        client.says("F Parse \"\" \"select 1\"", "F Bind results=[binary]", "F Describe P", "F Execute", "F Sync");
        assertThat(client.hears())
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "RowDescription ?column?:int4/binary".replace("?column?", "\"?column?\""),
                        "DataRow x\"00000001\"",
                        "CommandComplete \"SELECT 1\"",
                        "ReadyForQuery I");
        assertThat(run.departures).isEmpty();
    }

    @Test
    void anErrorWithoutSeverityEndsTheStatementAndNotTheSession() {
        TestRun run = TestRun.of("statement \"a\" {", "B ErrorResponse", "}");
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"a\"");

        assertThat(client.hears()).containsExactly("ErrorResponse", "ReadyForQuery I");
    }
}
