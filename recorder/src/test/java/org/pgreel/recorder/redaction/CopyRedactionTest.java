package org.pgreel.recorder.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.WireText;

/** Rules by column reach the data of COPY, wherever it is cut. */
class CopyRedactionTest {

    private static final RedactionKey KEY = RedactionKey.of("a key that is long enough");
    private static final String ADA = "ada.lovelace@example.org";

    private static RedactionRule rule(String column, String regex) {
        return new RedactionRule(
                "the rule",
                null,
                column.isEmpty() ? Set.of() : Set.of(column),
                Set.of(),
                Set.of(),
                regex.isEmpty() ? null : Pattern.compile(regex),
                false);
    }

    private static final RedactionRule EMAIL = rule("email", "");

    private static String pseudonym(String value) {
        return new Pseudonyms(KEY).text(value);
    }

    private static void say(Function<FrontendMessage, List<FrontendMessage>> redaction, FrontendMessage message) {
        assertThat(redaction.apply(message)).containsExactly(message);
    }

    /** Copies in, in messages of a number of bytes. */
    private static String copied(RedactionRule rule, String sql, Bytes data, int piece) {
        Function<FrontendMessage, List<FrontendMessage>> redaction = new Redaction(List.of(rule), KEY).frontend();
        say(redaction, new Query(sql));
        var out = new ByteArrayOutputStream();
        List<FrontendMessage> all = new ArrayList<>();
        for (int at = 0; at < data.length(); at += piece) {
            all.addAll(redaction.apply(new CopyData(data.slice(at, Math.min(data.length(), at + piece)))));
        }
        all.addAll(redaction.apply(new CopyDone()));
        for (FrontendMessage message : all) {
            if (message instanceof CopyData each) {
                out.writeBytes(each.data().toArray());
            }
        }
        assertThat(all.get(all.size() - 1)).isEqualTo(new CopyDone());
        return Bytes.wrap(out.toByteArray()).text();
    }

    private static String copied(RedactionRule rule, String sql, String data) {
        Bytes bytes = Bytes.wrap(WireText.encode(data));
        String whole = copied(rule, sql, bytes, bytes.length());
        for (int piece = 1; piece < bytes.length(); piece++) {
            assertThat(copied(rule, sql, bytes, piece))
                    .as("in pieces of %d", piece)
                    .isEqualTo(whole);
        }
        return whole;
    }

    @Test
    void textKeepsItsEscapesAndItsNulls() {
        String data = "1\t" + ADA + "\tx\n\\N\t\\N\t\\N\n3\tAda\\tLove\\\\lace, Müller\t" + ADA + "\n\\.\n";
        assertThat(copied(EMAIL, "copy t (id, email, note) from stdin", data))
                .isEqualTo("1\t" + pseudonym(ADA) + "\tx\n\\N\t\\N\t\\N\n3\t"
                        + pseudonym("Ada\tLove\\lace, Müller")
                                .replace("\\", "\\\\")
                                .replace("\t", "\\t") + "\t" + ADA
                        + "\n\\.\n");
    }

    @Test
    void aRowWithoutAnEndAndLinesThatEndInTwoCharactersAreRowsToo() {
        assertThat(copied(EMAIL, "copy t(email) from stdin", ADA + "\r\n" + ADA))
                .isEqualTo(pseudonym(ADA) + "\r\n" + pseudonym(ADA));
    }

    @Test
    void csvKeepsItsQuotes() {
        String sql = "COPY t (id, \"email\") FROM STDIN (FORMAT csv, HEADER)";
        String data = "id,email\n1,\"Ada \"\"L\"\",\nLovelace\"\n2,\n3,ada lovelace\n";
        String ada = pseudonym("Ada \"L\",\nLovelace").replace("\"", "\"\"");
        assertThat(copied(EMAIL, sql, data))
                .isEqualTo("id,email\n1,\"" + ada + "\"\n2,\n3," + pseudonym("ada lovelace") + "\n");
    }

    @Test
    void aHeaderNamesTheColumns() {
        assertThat(copied(EMAIL, "copy t from stdin csv header", "email;x\n" + ADA + ",1\n"))
                .isEqualTo("email;x\n" + ADA + ",1\n");
        assertThat(copied(EMAIL, "copy t from stdin with csv header delimiter as ';'", "email;x\n" + ADA + ";1\n"))
                .isEqualTo("email;x\n" + pseudonym(ADA) + ";1\n");
    }

    @Test
    void eachCopyOfOneQueryHasItsColumns() {
        Function<FrontendMessage, List<FrontendMessage>> redaction = new Redaction(List.of(EMAIL), KEY).frontend();
        say(redaction, new Query("copy a (id) from stdin; copy b (email) from stdin"));
        Bytes row = Bytes.utf8(ADA + "\n");
        assertThat(redaction.apply(new CopyData(row))).containsExactly(new CopyData(row));
        say(redaction, new CopyDone());
        assertThat(redaction.apply(new CopyData(row))).containsExactly(new CopyData(Bytes.utf8(pseudonym(ADA) + "\n")));
    }

    @Test
    void textInBinaryHasThePseudonymOfText() {
        String head = "5047434f50590aff0d0a00" + "00000000" + "00000002" + "abcd";
        String ada = Bytes.utf8(ADA).hex();
        String row = "0003" + "00000004" + "00000007" + "00000018" + ada + "ffffffff";
        Bytes data = Bytes.ofHex(head + row + row + "ffff");
        String sql = "copy binary t (id, email, note) from stdin";
        String expected = Bytes.ofHex((head + row + row + "ffff")
                        .replace(ada, Bytes.utf8(pseudonym(ADA)).hex()))
                .text();
        for (int piece = 1; piece <= data.length(); piece++) {
            assertThat(copied(EMAIL, sql, data, piece))
                    .as("in pieces of %d", piece)
                    .isEqualTo(expected);
        }
        assertThat(copied(rule("id", ""), sql, data, 9)).as("no text").isEqualTo(data.text());
    }

    @Test
    void regularExpressionsSearchWhatNoColumnRuleMeans() {
        String found = copied(rule("email", "\\d{8}"), "copy t (email, card) from stdin", "12345678\t12345678\n");
        assertThat(found).isEqualTo(pseudonym("12345678") + "\t" + pseudonym("12345678") + "\n");
        assertThat(copied(rule("", "\\d{8}"), "copy t from stdin", "a\t12345678\n"))
                .isEqualTo("a\t" + pseudonym("12345678") + "\n");
    }

    /** Returns a session's messages as they are edited, the backend's data and all that the frontend says. */
    private static List<Message> edited(RedactionRun run, Message... messages) {
        MessageEditor session = run.session(1);
        List<Message> edited = new ArrayList<>();
        int number = 0;
        for (Message message : messages) {
            Direction direction = message instanceof Query ? Direction.FRONTEND : Direction.BACKEND;
            number++;
            session.edit(
                    new MessageEditor.Place(1, number),
                    direction,
                    message,
                    now -> edited.add(now == null ? message : now));
        }
        session.ended(1);
        return edited;
    }

    private static CopyData data(String text) {
        return new CopyData(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsCopiedOutKeepsItsMessages() {
        var run = new Redaction(List.of(EMAIL), KEY).run();
        String row = pseudonym(ADA) + "\n";
        assertThat(edited(
                        run,
                        new Query("copy t (email) to stdout; copy (select 1) to stdout"),
                        new CopyOutResponse(0, List.of(0)),
                        data(ADA + "\nada"),
                        data(".lovelace"),
                        data("@example.org\n"),
                        new CopyDone(),
                        new CommandComplete("COPY 2"),
                        new CopyOutResponse(0, List.of(0)),
                        data("1\n"),
                        new CopyDone(),
                        new CommandComplete("COPY 1"),
                        new ReadyForQuery(TransactionStatus.IDLE)))
                .contains(
                        data(row + row.substring(0, 3)),
                        data(row.substring(3, 12)),
                        data(row.substring(12)),
                        data("1\n"))
                .hasSize(12);
        assertThat(run.touches().get(0).values()).isEqualTo(2);
        assertThat(run.warnings())
                .containsExactly(
                        "The rule \"the rule\" does not reach the data of COPY, first in #1@9 (\"copy t (email)"
                                + " to stdout; copy (select 1) to stdout\"), of which nobody tells the columns; name them in the"
                                + " statement, or copy text with a header, or use a regular expression.");
    }

    @Test
    void whatCannotBeWrittenInItsPlaceIsRefused() {
        var run = new Redaction(List.of(EMAIL), KEY).run();
        assertThatThrownBy(() -> edited(
                        run,
                        new Query("copy t (email) to stdout"),
                        new CopyOutResponse(0, List.of(0)),
                        data("\\x61da.lovelace@example.org\n")))
                .isInstanceOf(RedactionException.class)
                .hasMessageContaining("#1@3")
                .hasMessageContaining("written in an unusual way");
    }

    @Test
    void theStatementTellsTheForm() {
        assertThat(CopyStatement.of("select 1; copy /* x */ s.\"T\" (A, \"B c\") from stdin with (format 'csv',"
                        + " force_null (a, b), header off, null 'N') where a > 1; copy (select ';(') to stdout"))
                .containsExactly(
                        new CopyStatement(
                                true,
                                List.of("a", "B c"),
                                "csv",
                                Map.of("format", "csv", "force_null", "true", "header", "off", "null", "N")),
                        new CopyStatement(false, null, "text", Map.of()));
        assertThat(CopyStatement.of("copy t from stdin using delimiters E'\\t' null as ''"))
                .singleElement()
                .satisfies(copy -> assertThat(copy.delimiter()).isEqualTo('\t'))
                .satisfies(copy -> assertThat(copy.nullText()).isEmpty());
        assertThat(CopyStatement.of("copy t from '/tmp/x'; copy t to program 'cat'; select $1, $x$copy$x$"))
                .isEmpty();
    }
}
