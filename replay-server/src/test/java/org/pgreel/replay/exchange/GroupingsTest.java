package org.pgreel.replay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.volatility.Volatility;

/** One exchange is recorded once, and asked for in every grouping of the extended protocol. */
class GroupingsTest {

    private static final String SQL = "select n from numbers where n < $1";
    private static final RowDescription COLUMNS = new RowDescription(List.of(FieldDescription.of("n", 23, 4)));
    private static final Parse PARSE = new Parse("", SQL, List.of(23));
    private static final Sync SYNC = new Sync();

    private static Bind bind(String portal, String statement, Values parameters, List<Integer> formats) {
        boolean binary = parameters.count() > 0 && parameters.length(0) == 4;
        return new Bind(portal, statement, binary ? List.of(1) : List.of(), parameters, formats);
    }

    private static Bind bind(List<Integer> formats) {
        return bind("", "", Values.ofText("3"), formats);
    }

    private static ExchangeLibrary library(boolean strict) {
        var recording = new TestRecording();
        recording
                .connection("ada", 4711)
                .sends(PARSE, bind(List.of()), new Describe(Target.PORTAL, ""), new Execute("", 0), SYNC)
                .answers(
                        new ParseComplete(),
                        new BindComplete(),
                        COLUMNS,
                        new DataRow(Values.ofText("1")),
                        new DataRow(Values.ofText("2")),
                        new CommandComplete("SELECT 2"),
                        TestRecording.ready());
        return new ExchangeLibrary(recording.playable(), strict);
    }

    private static final class Heard implements ExchangeClient {
        final List<String> lines = new ArrayList<>();
        boolean ended;

        @Override
        public void send(BackendMessage message) {
            lines.add(TranscriptWriter.line(Direction.BACKEND, message).substring(2));
        }

        @Override
        public void stream(Bulk bulk) {
            bulk.forEach(this::send);
        }

        @Override
        public void tell(BackendMessage message) {
            send(message);
        }

        @Override
        public void flush() {
            // All is heard at once.
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private final ExchangeLibrary library = library(true);

    private List<String> ask(FrontendMessage... messages) {
        return ask(library, messages);
    }

    private static List<String> ask(ExchangeLibrary library, FrontendMessage... messages) {
        var heard = new Heard();
        var play = new ExchangePlay(
                library,
                library.scope(Map.of("user", "ada", "database", "ada")),
                heard,
                new Housekeeping("ada", "ada", "18.6"),
                1,
                4711);
        for (FrontendMessage message : messages) {
            play.received(message);
        }
        assertThat(heard.ended).isFalse();
        return heard.lines;
    }

    private void nothingIsLeft() {
        ExchangeReport report = library.report();
        assertThat(report.misses()).isEmpty();
        assertThat(report.leftOver()).isEmpty();
    }

    @Test
    void inOneGoAsItWasRecorded() {
        assertThat(ask(PARSE, bind(List.of()), new Describe(Target.PORTAL, ""), new Execute("", 0), SYNC))
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "RowDescription n:int4",
                        "DataRow \"1\"",
                        "DataRow \"2\"",
                        "CommandComplete \"SELECT 2\"",
                        "ReadyForQuery I");
        nothingIsLeft();
    }

    @Test
    void withoutDescribe() {
        assertThat(ask(PARSE, bind(List.of()), new Execute("", 0), SYNC))
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "DataRow \"1\"",
                        "DataRow \"2\"",
                        "CommandComplete \"SELECT 2\"",
                        "ReadyForQuery I");
        nothingIsLeft();
    }

    @Test
    void withTheStatementDescribedFirst() {
        assertThat(ask(
                        new Parse("s1", SQL, List.of(23)),
                        new Describe(Target.STATEMENT, "s1"),
                        SYNC,
                        bind("", "s1", Values.ofText("3"), List.of()),
                        new Execute("", 0),
                        SYNC))
                .containsExactly(
                        "ParseComplete",
                        "ParameterDescription int4",
                        "RowDescription n:int4",
                        "ReadyForQuery I",
                        "BindComplete",
                        "DataRow \"1\"",
                        "DataRow \"2\"",
                        "CommandComplete \"SELECT 2\"",
                        "ReadyForQuery I");
        nothingIsLeft();
    }

    @Test
    void withNamesAndCloses() {
        assertThat(ask(
                        new Parse("s", SQL, List.of(23)),
                        bind("p", "s", Values.ofText("3"), List.of()),
                        new Describe(Target.PORTAL, "p"),
                        new Execute("p", 0),
                        new Close(Target.PORTAL, "p"),
                        new Close(Target.STATEMENT, "s"),
                        SYNC))
                .containsSubsequence(
                        "RowDescription n:int4", "CommandComplete \"SELECT 2\"", "CloseComplete", "CloseComplete");
        nothingIsLeft();
    }

    @Test
    void aRowAtATime() {
        assertThat(ask(PARSE, bind(List.of()), new Execute("", 1), new Execute("", 1), new Execute("", 1), SYNC))
                .containsExactly(
                        "ParseComplete",
                        "BindComplete",
                        "DataRow \"1\"",
                        "PortalSuspended",
                        "DataRow \"2\"",
                        "PortalSuspended",
                        "CommandComplete \"SELECT 0\"",
                        "ReadyForQuery I");
        nothingIsLeft();
    }

    @Test
    void inBinary() {
        assertThat(ask(PARSE, bind(List.of(1)), new Describe(Target.PORTAL, ""), new Execute("", 0), SYNC))
                .contains("RowDescription n:int4/binary", "DataRow x\"00000001\"", "DataRow x\"00000002\"");
        nothingIsLeft();
    }

    @Test
    void withABinaryParameter() {
        Values three = Values.of(List.of(Bytes.ofHex("00000003")));
        assertThat(ask(PARSE, bind("", "", three, List.of(1)), new Execute("", 0), SYNC))
                .contains("DataRow x\"00000001\"");
        nothingIsLeft();
    }

    @Test
    void withAFlushAfterEachMessage() {
        Flush flush = new Flush();
        assertThat(ask(
                        PARSE,
                        flush,
                        bind(List.of()),
                        flush,
                        new Describe(Target.PORTAL, ""),
                        flush,
                        new Execute("", 0),
                        flush,
                        SYNC))
                .hasSize(7);
        nothingIsLeft();
    }

    @Test
    void withASyncAfterEachMessage() {
        // A portal lives as long as its transaction; the statement is bound anew in each.
        assertThat(ask(PARSE, SYNC, bind(List.of()), new Execute("", 0), SYNC, SYNC))
                .containsExactly(
                        "ParseComplete",
                        "ReadyForQuery I",
                        "BindComplete",
                        "DataRow \"1\"",
                        "DataRow \"2\"",
                        "CommandComplete \"SELECT 2\"",
                        "ReadyForQuery I",
                        "ReadyForQuery I");
        nothingIsLeft();
    }

    @Test
    void aStatementWithoutParametersIsAskedForInTheOtherProtocol() {
        var recording = new TestRecording();
        recording
                .connection("ada", 4711)
                .sends(new Query("select 'x'"))
                .answers(
                        new RowDescription(List.of(FieldDescription.of("t", 25, -1))),
                        new DataRow(Values.ofText("x")),
                        new CommandComplete("SELECT 1"),
                        TestRecording.ready());
        var simple = new ExchangeLibrary(recording.playable(), true);
        assertThat(ask(
                        simple,
                        new Parse("", "select 'x'", List.of()),
                        new Describe(Target.STATEMENT, ""),
                        bind("", "", Values.EMPTY, List.of(1)),
                        new Execute("", 0),
                        SYNC))
                .containsExactly(
                        "ParseComplete",
                        "ParameterDescription",
                        "RowDescription t:text",
                        "BindComplete",
                        "DataRow \"x\"",
                        "CommandComplete \"SELECT 1\"",
                        "ReadyForQuery I");
        assertThat(simple.report().passed()).isTrue();
    }

    @Test
    void whatWasNeverDescribedIsAMissThatSaysSo() {
        assertThat(ask(
                        new Parse("", "select $1", List.of()),
                        new Describe(Target.STATEMENT, ""),
                        new Execute("", 0),
                        SYNC))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("ParseComplete"),
                        line -> assertThat(line)
                                .startsWith(
                                        "ErrorResponse ERROR RP001 \"the recording has no answer: no recording describes "
                                                + "the parameters of this statement"),
                        line -> assertThat(line).isEqualTo("ReadyForQuery I"));
        assertThat(library.report().misses()).hasSize(1);
    }

    @Test
    void aMissInATransactionFailsIt() {
        var recording = new TestRecording();
        recording
                .connection("ada", 4711)
                .sends(new Query("begin"))
                .answers(new CommandComplete("BEGIN"), new ReadyForQuery(TransactionStatus.IN_BLOCK))
                .sends(new Query("commit"))
                .answers(new CommandComplete("COMMIT"), TestRecording.ready());
        var transaction = new ExchangeLibrary(recording.playable(), true);
        List<String> heard =
                ask(transaction, new Query("begin"), new Query("select 2"), new Query("select 3"), new Query("commit"));
        assertThat(heard).hasSize(8);
        assertThat(heard.get(1)).isEqualTo("ReadyForQuery T");
        assertThat(heard.get(2)).contains("RP001");
        assertThat(heard.get(3)).isEqualTo("ReadyForQuery E");
        // As a server does in a block that has failed; neither is a miss of its own, or left over.
        assertThat(heard.get(4)).contains("25P02");
        assertThat(heard.subList(5, 8))
                .containsExactly("ReadyForQuery E", "CommandComplete \"ROLLBACK\"", "ReadyForQuery I");
        assertThat(transaction.report().misses()).hasSize(1);
        assertThat(transaction.report().leftOver()).isEmpty();
    }

    @Test
    void aRecordedFailureBehindALostBlockIsPlayedAsRecorded() {
        var recording = new TestRecording();
        recording
                .connection("ada", 4711)
                .sends(new Query("begin"))
                .answers(new CommandComplete("BEGIN"), new ReadyForQuery(TransactionStatus.IN_BLOCK))
                .sends(new Query("commit"))
                .answers(new CommandComplete("COMMIT"), TestRecording.ready())
                .sends(new Query("begin"))
                .answers(new CommandComplete("BEGIN"), new ReadyForQuery(TransactionStatus.IN_BLOCK))
                .sends(new Query("select 1/0"))
                .answers(
                        ErrorResponse.of("ERROR", "22012", "division by zero"),
                        new ReadyForQuery(TransactionStatus.FAILED))
                .sends(new Query("rollback"))
                .answers(new CommandComplete("ROLLBACK"), TestRecording.ready());
        var library = new ExchangeLibrary(recording.playable(), false);
        ask(
                library,
                new Query("begin"),
                new Query("select 2"),
                new Query("rollback"),
                new Query("begin"),
                new Query("select 1/0"),
                new Query("rollback"));
        assertThat(library.report().misses()).hasSize(1);
        assertThat(library.report().leftOver()).isEmpty();
    }

    @Test
    void aStatementOfTheFileIsAnsweredAndNeverMissedOrLeftOver() {
        var recording = new TestRecording();
        recording
                .connection("ada", 4711)
                .sends(new Query("values (7)"))
                .answers(new CommandComplete("RECORDED"), TestRecording.ready())
                .sends(new Query("select 4"))
                .answers(new CommandComplete("SELECT 1"), TestRecording.ready());
        var file = HousekeepingFile.parse("statement \"values (7)\" => CommandComplete \"SELECT 1\"\n"
                + "statement \"values (8)\" => CommandComplete \"SELECT 8\"");
        var own = new ExchangeLibrary(recording.playable(), true, Volatility.NONE, file);
        assertThat(ask(own, new Query("values (8)"), new Query("select 4")))
                .containsExactly(
                        "CommandComplete \"SELECT 8\"",
                        "ReadyForQuery I",
                        "CommandComplete \"SELECT 1\"",
                        "ReadyForQuery I");
        assertThat(own.report().passed()).isTrue();
        assertThat(own.report().housekeeping()).isEqualTo(1);
        assertThat(ask(own, new Query("values (7)"))).contains("CommandComplete \"RECORDED\"");
    }
}
