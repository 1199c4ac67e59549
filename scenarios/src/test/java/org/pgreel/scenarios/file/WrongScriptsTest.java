package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in the script of a scenario file: one sentence with the line and column of the file. */
class WrongScriptsTest {
    private static final String HEAD = """
            name: wrong
            shows: The script is wrong.
            origin: ["here"]
            phase: tls
            outcome: refused
            script: |
            """;

    static Stream<Arguments> oneSentenceWithItsPlace() {
        return Stream.of(
                arguments(
                        "typing error",
                        "F SSLRequest\nB SSLRespnse X",
                        "8:5: \"SSLRespnse\" is no backend message;" + " did you mean SSLResponse?"),
                arguments("unknown message", "B Hello", "7:5: \"Hello\" is no backend message"),
                arguments(
                        "unknown beginning",
                        "F SSLRequest\nsned B SSLResponse N",
                        "8:3: \"sned\" is no beginning of a line"),
                arguments(
                        "field of the wrong type",
                        "B ReadyForQuery idle",
                        "7:19: expected I (idle), T (in a transaction block) or E (in a failed one)"),
                arguments(
                        "number of the wrong type",
                        "B BackendKeyData one x\"00\"",
                        "7:20: expected a number and not \"one\""),
                arguments(
                        "unknown field",
                        "B NotificationResponse pdi=1 channel=\"c\"",
                        "7:26: \"pdi\" is no field of NotificationResponse that is free; did you mean pid?"),
                arguments("too few fields", "B ParameterStatus \"a\"", "7:5: ParameterStatus needs its value"),
                arguments(
                        "open field in what is sent",
                        "B CommandComplete *",
                        "7:21: a message that is sent is complete: \"*\" and \"...\" say nothing in it"),
                arguments(
                        "fault that can never fire",
                        "use login\n! omit\nF end",
                        "8:3: the fault can never fire: no B message follows it"),
                arguments(
                        "fault on the wrong side",
                        "! omit @ F Query ...\nuse login",
                        "7:3: the fault can never fire: its effect acts on a B message"),
                arguments(
                        "unknown effect",
                        "! omitt\nB AuthenticationOk",
                        "7:5: \"omitt\" is no effect of a fault; did you mean omit?"),
                arguments(
                        "unknown field of the wire",
                        "B DataRow \"1\" !lenght=3",
                        "7:17: \"lenght\" is no field of DataRow on the wire; did you mean length?"),
                arguments(
                        "unknown block", "use strtup", "7:7: \"strtup\" is no ready-made block; did you mean startup?"),
                arguments(
                        "unknown field of a block",
                        "use scram signatur=forged",
                        "7:13: \"signatur\" is no field of scram; did you mean signature?"),
                arguments("signal that nothing gives", "await taken\nuse login", "7:3: nothing signals \"taken\""),
                arguments("block without its end", "connection 1 {\n  use login", "7:3: the block has no \"}\""),
                arguments(
                        "part that is never chosen",
                        "either {\n  F end\n} or {\n  F end\n}",
                        "10:5: another part begins with the same line, so this one is never chosen"),
                arguments("time", "F silent 300", "7:12: expected a time, as 300ms or 2s"),
                arguments(
                        "callback",
                        "@ pgSessionConected",
                        "7:5: \"pgSessionConected\" is no callback; did you mean pgSessionConnected?"),
                arguments("operation", "> qery \"select 1\"", "7:5: \"qery\" is no operation; did you mean query?"),
                arguments(
                        "reason of a failed connection",
                        "@ pgSessionConnectionFailed ProtocolViolatoin",
                        "7:31: \"ProtocolViolatoin\" is no reason of a failed connection; did you mean ProtocolViolation?"),
                arguments(
                        "reason of a shutdown",
                        "use login {\n}\n@ a: pgSessionShutdown ServerEror 57P01",
                        "9:26: \"ServerEror\" is no reason of a shutdown; did you mean ServerError?"),
                arguments("status", "@ pgTransactionStatus X", "7:25: \"X\" is no transaction status; did you mean I?"),
                arguments(
                        "failure of an operation",
                        "statement \"select 1\" {\n  < failed ConectionLost\n  B ReadyForQuery I\n}",
                        "8:14: \"ConectionLost\" is no failure of an operation; did you mean ConnectionLost?"),
                arguments(
                        "effect",
                        "< failed ServerError 57P01 may-have-execute",
                        "7:30: \"may-have-execute\" is no effect; did you mean may-have-executed?"),
                arguments(
                        "effect or SQLSTATE",
                        "< failed ConnectionLost nonee",
                        "7:27: \"nonee\" is no SQLSTATE or effect; did you mean none?"),
                arguments("operation without SQL", "> copy-in", "7:3: copy-in needs the SQL, as a string"),
                arguments(
                        "field of a query",
                        "> query \"select 1\" protcol=extended",
                        "7:22: \"protcol\" is no field of query; did you mean protocol?"),
                arguments("string without its end", "> query \"select 1", "7:11: the string has no end"),
                arguments(
                        "wildcard",
                        "F Query <regx \"select.*\">",
                        "7:11: \"regx\" is no type of a wildcard; did you mean regex?"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void oneSentenceWithItsPlace(String what, String script, String sentence) {
        assertThatThrownBy(() -> ScenarioReader.parse(HEAD + script.indent(2), "wrong.pgreel.yaml"))
                .as(what)
                .isInstanceOf(ScenarioException.class)
                .hasMessage("wrong.pgreel.yaml:" + sentence);
    }
}
