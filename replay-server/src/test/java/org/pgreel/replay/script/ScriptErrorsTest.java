package org.pgreel.replay.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.protocol.transcript.NotationException;

/** What is no script is refused in one sentence that says where, and what was probably meant. */
class ScriptErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Words.
                "G Query \"x\" | line 1, column 1: \"G\" is no beginning of a line",
                "stament \"x\" {~} | line 1, column 1: \"stament\" is no beginning of a line; did you mean statement?",
                "use logn | line 1, column 5: \"logn\" is no ready-made block; did you mean login?",
                "F Qery \"x\" | line 1, column 3: \"Qery\" is no frontend message; did you mean Query?",
                "B Query \"x\" | line 1, column 3: \"Query\" is no backend message",
                "B DataRwo \"x\" | line 1, column 3: \"DataRwo\" is no backend message; did you mean DataRow?",
                "B stal | line 1, column 3: \"stal\" is no backend event; did you mean stall?",
                "F slient 2s | line 1, column 3: \"slient\" is no frontend event; did you mean silent?",
                "@ pgSessionConected | line 1, column 3: \"pgSessionConected\" is no callback; did you mean pgSessionConnected?",
                "> qery \"x\" | line 1, column 3: \"qery\" is no operation; did you mean query?",
                "! omt | line 1, column 3: \"omt\" is no effect of a fault; did you mean omit?",
                "! reset @ B DataRw | line 1, column 13: \"DataRw\" is no backend message; did you mean DataRow?",
                "! reset @ stats T | line 1, column 11: \"stats\" is no moment; did you mean status?",
                "F Query <uuiid> | line 1, column 9: \"uuiid\" is no type of a wildcard; did you mean uuid?",
                "use scram iteration=1 | line 1, column 11: \"iteration\" is no field of scram; did you mean iterations?",
                // Fields.
                "B ReadyForQuery X | line 1, column 17: expected I (idle), T (in a transaction block) or E",
                "B BackendKeyData one x\"00000000\" | line 1, column 18: expected a number and not \"one\"",
                "B DataRow * | line 1, column 11: a message that is sent is complete",
                "B DataRow \"1\" ... | line 1, column 15: a message that is sent is complete",
                "F Execute \"\" 0 7 | line 1, column 16: too much: the fields of Execute are [portal, rows]",
                "B DataRow \"1\" !lenght=3 | line 1, column 15: \"lenght\" is no field of DataRow on the wire; did you mean length?",
                "B DataRow \"1\" !length=x | line 1, column 15: expected a number and not \"x\"",
                "B delay soon | line 1, column 9: expected a time, as 300ms or 2s",
                "B DataRow \"1 | line 1, column 11: the string has no end",
                // Blocks.
                "either {~F end~} | line 3, column 1: the block has one part only; expected \"} or {\"",
                "either {~F end~} and {~F eof~} | line 3, column 3: expected \"or {\" and not \"and\"",
                "either {~F end~} or {~F end~} | line 4, column 1: another part begins with the same line",
                "optional {~B DataRow \"1\"~} | line 2, column 1: a part begins with what the frontend does",
                "optional {~F Sync~}~B DataRow \"1\" | line 4, column 1: behind an optional or repeated part the frontend must speak",
                "optional { F Sync } | line 1, column 12: expected the end of the line and not \"F\"",
                "connection 1 {~F end | line 1, column 1: the block has no \"}\"",
                "F end~} | line 2, column 1: there is no block to end",
                "connection 0 {~} | line 1, column 12: \"0\" is no range of numbers from 1 on",
                "connection 3..2 {~} | line 1, column 12: \"3..2\" is no range of numbers from 1 on",
                "statement \"x\" | line 1, column 14: expected \"{\" at the end of the line",
                "connection 1 {~F end~}~F end | line 4, column 1: beside connection blocks stand only never",
                "either {~connection 1 {~F end~}~} or {~F end~} | line 2, column 1:",
                // What can never come.
                "await go | line 1, column 1: nothing signals \"go\"",
                "never after gone F Query ... | line 1, column 1: nothing signals \"gone\"",
                "use login~! omit @ B DataRow~F end | line 2, column 1: the fault can never fire: the script sends no DataRow",
                "! omit~F end | line 1, column 1: the fault can never fire: no B message follows it",
                "! truncate 3 @ F Query ... | line 1, column 1: the fault can never fire: its effect acts on a B message",
                "! ignore @ B DataRow | line 1, column 1: the fault can never fire: ignore acts on an F message",
                "! omit @ byte 7 | line 1, column 1: the fault can never fire: its effect acts on a message",
                "! set lenth=3 @ B DataRow | line 1, column 7: \"lenth\" is no field of DataRow on the wire; did you mean length?",
            })
    void theSentenceSaysWhereAndWhat(String script, String sentence) {
        var failure = catchThrowableOfType(NotationException.class, () -> Script.parse(script.replace('~', '\n')));

        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).startsWith(sentence).doesNotContain("\n");
    }
}
