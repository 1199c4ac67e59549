package org.pgreel.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GoldenMessages;
import org.pgreel.protocol.message.GoldenMessages.Form;
import org.pgreel.protocol.message.UnknownMessage;
import org.pgreel.protocol.wire.Direction;

class TranscriptSpellingTest {
    /** Each line is in its canonical spelling; the right half of none needs another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "F StartupMessage 3.0 user=\"pony\" database=\"7669\" _pq_.x=\"\" \"a b\"=\"1\"",
                "F StartupMessage 3.9999",
                "F CancelRequest -7 x\"00010203\"",
                "F SASLInitialResponse \"SCRAM-SHA-256\" \"n,,n=,r=abc\"",
                "F SASLInitialResponse \"SCRAM-SHA-256\"",
                "F Query \"select 'a\\n\\t\\\"\\\\'\"",
                "F Query x\"01\"",
                "F Query \"sélect '漢 𝄞'\"",
                "F Parse \"\" \"select $1\" [int4 _text 0 99999 4294967295]",
                "F Parse \"s1\" \"select 1\"",
                "F Bind",
                "F Bind \"\" \"s1\" formats=[binary] values=[\"a\" null x\"00\" \"\"] results=[text binary 2]",
                "F Describe S \"s1\"",
                "F Describe P",
                "F Close S \"s1\"",
                "F Execute",
                "F Execute \"\" 50",
                "F FunctionCall 1598 formats=[binary] arguments=[null] result=binary",
                "F FunctionCall 4294967295",
                "F CopyData \"1\\tone\\n\"",
                "F Unknown y x\"00\"",
                "F Unknown x\"00\" \"\"",
                "F tls",
                "F tls fails",
                "F raw x\"160301\"",
                "B raw \"HTTP/1.1 400 Bad Request\\r\\n\"",
                "B SSLResponse S",
                "B SSLResponse x\"00\"",
                "B AuthenticationSASL \"SCRAM-SHA-256-PLUS\" \"SCRAM-SHA-256\"",
                "B AuthenticationSASL",
                "B AuthenticationSASLContinue \"r=abcd,s=QQ==,i=4096\"",
                "B AuthenticationSASLFinal \"e=other-error\"",
                "B AuthenticationMD5Password x\"01020304\"",
                "B BackendKeyData 4711 <secret:32>",
                "B NegotiateProtocolVersion 3.0 \"_pq_.a\"",
                "B NegotiateProtocolVersion 2",
                "B RowDescription n:int4 \"?column?\":text x\"ff\":99999/length=8",
                "B RowDescription n:varchar/table=16384/number=-7/modifier=24/binary m:unknown/format=7",
                "B RowDescription",
                "B DataRow \"1\" null x\"ff\" \"\"",
                "B ErrorResponse ERROR 42601 \"syntax error\" P=\"8\" F=\"scan.l\"",
                "B ErrorResponse S=\"FEHLER\" V=\"ERROR\" C=\"42601\" M=\"no\"",
                "B ErrorResponse \"a b\" \"\" \"\" x\"e9\"=x\"ff\"",
                "B ErrorResponse",
                "B NoticeResponse WARNING 01000 \"hi\"",
                "B NotificationResponse 4711 \"chan\"",
                "B NotificationResponse 4711 \"chan\" \"pay\"",
                "B CopyOutResponse text [text text]",
                "B CopyBothResponse binary",
                "B CopyInResponse 7",
                "B FunctionCallResponse null",
                "B ParameterDescription int4 text",
                "B ReadyForQuery E",
                "B CommandComplete \"INSERT 0 1\"",
                "B Unknown \"/\" \"\"",
                "12+0.034 B ReadyForQuery I",
                "0+1234.000000001 B ReadyForQuery I # a comment",
                "7 |",
                "| 5",
                "> query \"select 1\"",
                "> a: connect",
                "< failed ServerError 57P01",
                "@ pgTransactionStatus I",
                "@ c: pgSessionShutdown ServerError 57P01",
                "note \"before the deployment\"",
                "# only words",
                "#",
                ""
            })
    void aCanonicalLineIsPrintedAsItWasRead(String line) {
        Transcript read = TranscriptParser.parse(line + "\n");

        assertThat(read).hasToString(line + "\n");
        assertThat(read.canonical()).hasToString(line + "\n");
        assertThat(read.bytes(Direction.FRONTEND).length() > 0).isEqualTo(sends(line, 'F'));
        assertThat(read.bytes(Direction.BACKEND).length() > 0).isEqualTo(sends(line, 'B'));
    }

    private static boolean sends(String line, char letter) {
        String item = line.replaceFirst("^[0-9+.]+ ", "");
        return item.startsWith(letter + " ") && !item.contains(" tls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  F   Query\t\"a\"  ;F Query \"a\"",
                "F Query sql=\"a\" # c ;F Query \"a\" # c",
                "F Query \"a\"\"b\"x\"63\";F Query \"abc\"",
                "F Query x\"61 62\";F Query \"ab\"",
                "F Query \"\\x61\\xc3\\xa9\";F Query \"aé\"",
                "F Query x\"61\"*3;F Query \"aaa\"",
                "F Execute rows=0 portal=\"\";F Execute",
                "B DataRow \"\\x00\\0\";B DataRow x\"0000\"",
                "1+0.1 |;1+0.100 |",
                "#c;# c",
                "note   \"a\" #;note \"a\" #",
                "B RowDescription \"n\":int4/text;B RowDescription n:int4"
            })
    void otherSpellingsBecomeCanonical(String both) {
        String[] pair = both.split(";", 2);

        assertThat(TranscriptParser.parse(pair[0]).canonical()).hasToString(pair[1] + "\n");
    }

    static Stream<GoldenMessages.Row> goldenRows() {
        return GoldenMessages.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("goldenRows")
    void everyMessageIsItsBytesAgain(GoldenMessages.Row row) {
        Direction direction =
                row.form() == Form.FRONTEND || row.form() == Form.UNTYPED ? Direction.FRONTEND : Direction.BACKEND;
        StringBuilder text = new StringBuilder();
        TranscriptWriter.showingSecrets(text).message(direction, row.message());

        assertThat(TranscriptParser.parse(text.toString()).bytes(direction)).isEqualTo(row.bytes());
    }

    @Test
    void everyMessageHasAForm() {
        assertThat(FrontendForms.ALL.keySet()).isEqualTo(names(FrontendMessage.class));
        assertThat(BackendForms.ALL.keySet()).isEqualTo(names(BackendMessage.class));
    }

    private static Set<String> names(Class<?> type) {
        return leaves(type)
                .map(leaf -> leaf == UnknownMessage.class ? "Unknown" : leaf.getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TranscriptSpellingTest::leaves)
                : Stream.of(type);
    }

    @Test
    void linesMayEndAsOnWindowsAndTheLastNeedsNoEnd() {
        assertThat(TranscriptParser.parse("F Sync\r\n\r\nB ReadyForQuery I"))
                .hasToString("F Sync\n\nB ReadyForQuery I\n");
        assertThat(TranscriptParser.parse("")).hasToString("");
    }
}
