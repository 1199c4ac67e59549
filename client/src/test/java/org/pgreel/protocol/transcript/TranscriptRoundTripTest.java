package org.pgreel.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.MessageArbitraries;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;

class TranscriptRoundTripTest {
    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMessagePrintsParsesAndPrintsTheSame(@ForAll("sent") Map.Entry<Direction, Message> sent) {
        StringBuilder text = new StringBuilder();
        TranscriptWriter.showingSecrets(text).message(sent.getKey(), sent.getValue());

        Transcript parsed = TranscriptParser.parse(text.toString());

        assertThat(parsed).hasToString(text.toString());
        assertThat(parsed.lines()).hasSize(1);
        assertThat(parsed.bytes(sent.getKey())).isEqualTo(sent.getValue().toBytes());
        assertThat(parsed.bytes(sent.getKey().opposite())).isEqualTo(Bytes.EMPTY);
        assertThat(MessageForms.read((Item.MessageItem) parsed.lines().get(0).item(), 1))
                .isEqualTo(sent.getValue());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void hiddenSecretsKeepTheirLength(@ForAll("sent") Map.Entry<Direction, Message> sent) {
        StringBuilder text = new StringBuilder();
        new TranscriptWriter(text).message(sent.getKey(), sent.getValue());

        Transcript parsed = TranscriptParser.parse(text.toString());
        StringBuilder again = new StringBuilder();
        new TranscriptWriter(again)
                .message(
                        sent.getKey(),
                        MessageForms.read(
                                (Item.MessageItem) parsed.lines().get(0).item(), 1));

        assertThat(parsed).hasToString(text.toString());
        assertThat(again).hasToString(text.toString());
        assertThat(parsed.bytes(sent.getKey()).length())
                .isEqualTo(sent.getValue().toBytes().length());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aWholeTranscriptIsItsBytes(
            @ForAll("many") List<Map.Entry<Direction, Message>> all,
            @ForAll @LongRange(min = 0) long nanos,
            @ForAll("texts") String note) {
        StringBuilder text = new StringBuilder();
        TranscriptWriter writer = TranscriptWriter.showingSecrets(text);
        MessageWriter frontend = new MessageWriter();
        MessageWriter backend = new MessageWriter();
        int number = 0;
        for (Map.Entry<Direction, Message> sent : all) {
            writer.at(Stamp.of(number++, nanos)).message(sent.getKey(), sent.getValue());
            sent.getValue().encode(sent.getKey() == Direction.FRONTEND ? frontend : backend);
            writer.boundary(number % 3);
        }
        writer.note(note);
        writer.comment(note);
        writer.raw(Direction.BACKEND, Bytes.utf8(note));
        backend.writeBytes(Bytes.utf8(note));

        Transcript parsed = TranscriptParser.parse(text.toString());

        assertThat(parsed).hasToString(text.toString());
        assertThat(parsed.bytes(Direction.FRONTEND)).isEqualTo(frontend.toBytes());
        assertThat(parsed.bytes(Direction.BACKEND)).isEqualTo(backend.toBytes());
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void anyTextIsReadOrRefusedInOneSentence(@ForAll("lines") String text) {
        try {
            Transcript parsed = TranscriptParser.parse(text);
            assertThat(TranscriptParser.parse(parsed.toString())).hasToString(parsed.toString());
        } catch (NotationException refused) {
            assertThat(refused.line()).isEqualTo(1);
            assertThat(refused.column()).isBetween(1, text.length() + 1);
            assertThat(refused).hasMessageStartingWith("line 1, column ");
        }
    }

    @Provide
    Arbitrary<Map.Entry<Direction, Message>> sent() {
        Arbitrary<Message> frontend = Arbitraries.<FrontendMessage>oneOf(
                        MessageArbitraries.frontend(), MessageArbitraries.passwords(), MessageArbitraries.untyped())
                .map(Message.class::cast);
        Arbitrary<Message> backend = Arbitraries.oneOf(
                        MessageArbitraries.backend(), MessageArbitraries.authentication())
                .map(Message.class::cast);
        return Arbitraries.oneOf(
                frontend.map(message -> Map.entry(Direction.FRONTEND, message)),
                backend.map(message -> Map.entry(Direction.BACKEND, message)));
    }

    @Provide
    Arbitrary<List<Map.Entry<Direction, Message>>> many() {
        return sent().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> texts() {
        return MessageArbitraries.text();
    }

    /** Lines of pieces that belong to the notation, put together without sense. */
    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> piece = Arbitraries.of(
                "F",
                "B",
                "|",
                ">",
                "<",
                "@",
                "note",
                "#",
                " ",
                " ",
                " ",
                "  ",
                "Query",
                "DataRow",
                "ReadyForQuery",
                "Bind",
                "RowDescription",
                "ErrorResponse",
                "StartupMessage",
                "Parse",
                "raw",
                "tls",
                "\"a\"",
                "\"\\x00\"",
                "x\"00 ff\"",
                "x\"0\"",
                "\"",
                "[",
                "]",
                "<key>",
                "<secret:3>",
                "*",
                "*3",
                "...",
                "=",
                ":",
                "/",
                "!",
                "n:int4",
                "I",
                "null",
                "3.0",
                "12+0.5",
                "-1",
                "text",
                "values=",
                "formats=[binary]",
                "file\"f\"",
                "\\",
                "é",
                "\t");
        return Combinators.combine(Arbitraries.of("F ", "B ", ""), piece.list().ofMaxSize(9))
                .as((first, pieces) -> first + String.join("", pieces));
    }
}
