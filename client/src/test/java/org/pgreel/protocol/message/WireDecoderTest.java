package org.pgreel.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;

class WireDecoderTest {
    private static final Message STARTUP = new StartupMessage(StartupMessage.VERSION_3_0, List.of());
    private static final Message READY = new ReadyForQuery(TransactionStatus.IDLE);

    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Seen seen = new Seen();

    @Test
    void negotiationsAndLoginDecodeThemselves() {
        List<Message> f = List.of(new GSSENCRequest(), new SSLRequest(), STARTUP);
        fromFrontend(f.get(0));
        fromBackend(new GSSENCResponse((byte) 'N'));
        fromFrontend(f.get(1));
        fromBackend(new SSLResponse((byte) 'S'));
        fromFrontend(f.get(2));
        fromBackend(new AuthenticationOk(), READY);
        fromFrontend(new Query("select 1"));

        assertThat(seen.messages)
                .containsExactly(
                        f.get(0),
                        new GSSENCResponse((byte) 'N'),
                        f.get(1),
                        new SSLResponse((byte) 'S'),
                        f.get(2),
                        new AuthenticationOk(),
                        READY,
                        new Query("select 1"));
        assertThat(seen.undecodable).isEmpty();
    }

    @Test
    void aPIsReadAsTheLastRequestAsks() {
        Bytes data = Bytes.utf8("n,,n=,r=abc");
        List<Message> messages = List.of(
                new AuthenticationSASL(List.of("SCRAM-SHA-256")),
                new SASLInitialResponse("SCRAM-SHA-256", data),
                new AuthenticationSASLContinue(data),
                new SASLResponse(data),
                new AuthenticationMD5Password(Bytes.ofHex("01020304")),
                new PasswordMessage("md5"),
                new AuthenticationGSS(),
                new GSSResponse(data),
                new AuthenticationGSSContinue(data),
                new GSSResponse(data),
                new AuthenticationCleartextPassword(),
                new PasswordMessage("x"),
                new AuthenticationSSPI(),
                new GSSResponse(data));
        fromFrontend(STARTUP);
        for (Message message : messages) {
            if (message instanceof FrontendMessage) {
                fromFrontend(message);
            } else {
                fromBackend(message);
            }
        }

        assertThat(seen.messages.subList(1, seen.messages.size())).isEqualTo(messages);
    }

    @Test
    void bytesStuffedBehindTheAnswerAreMessages() {
        fromFrontend(new SSLRequest());
        fromBackend(new SSLResponse((byte) 'S'), new AuthenticationOk(), READY);

        assertThat(seen.messages).hasSize(4).endsWith(new AuthenticationOk(), READY);
    }

    @Test
    void anErrorMayStandWhereAByteIsDue() {
        ErrorResponse error = ErrorResponse.of("FATAL", "53300", "too many");
        fromFrontend(new SSLRequest());
        fromBackend(error);

        assertThat(seen.messages).containsExactly(new SSLRequest(), error);
    }

    @Test
    void nothingMayFollowACancelRequest() {
        fromFrontend(new CancelRequest(1, Bytes.ofHex("00000002")), STARTUP);
        fromFrontend(STARTUP);

        assertThat(seen.messages).hasSize(1);
        assertThat(seen.undecodable)
                .containsExactly(
                        "F@16 " + STARTUP.toBytes().hex(),
                        "F@25 " + STARTUP.toBytes().hex());
    }

    @Test
    void aBadBodyDoesNotEndTheDecoding() {
        fromFrontend(STARTUP);
        feed(Direction.BACKEND, Bytes.ofHex("52 00000008 00000000 5a 00000005 58 5a 00000005 49"));

        assertThat(seen.messages).endsWith(new AuthenticationOk(), READY);
        assertThat(seen.undecodable).containsExactly("B@9 5a0000000558");
    }

    @Test
    void bytesWithoutAFrameEndTheirDirectionOnly() {
        fromFrontend(STARTUP);
        feed(Direction.BACKEND, Bytes.utf8("HTT"));
        feed(Direction.BACKEND, Bytes.utf8("P/1.1 400"));
        feed(Direction.BACKEND, Bytes.utf8(" Bad"));
        fromFrontend(new Terminate());

        assertThat(seen.messages).containsExactly(STARTUP, new Terminate());
        assertThat(seen.undecodable)
                .containsExactly(
                        "B@0 " + Bytes.utf8("HTTP/1.1 400").hex(),
                        "B@12 " + Bytes.utf8(" Bad").hex());
    }

    @Test
    void directTlsIsNotDecodable() {
        feed(Direction.FRONTEND, Bytes.ofHex("160301020001"));

        assertThat(seen.undecodable).containsExactly("F@0 160301020001");
        assertThat(seen.reasons).allSatisfy(reason -> assertThat(reason).contains("TLS record"));
    }

    @Test
    void gssapiEncryptionEndsBothDirections() {
        fromFrontend(new GSSENCRequest());
        feed(Direction.FRONTEND, Bytes.ofHex("0000"));
        fromBackend(new GSSENCResponse((byte) 'G'));
        feed(Direction.FRONTEND, Bytes.ofHex("0010ff"));
        feed(Direction.BACKEND, Bytes.ofHex("00000001"));

        assertThat(seen.undecodable).containsExactly("F@8 00000010ff", "B@1 00000001");
    }

    @Test
    void aMessageThatIsTooLargeIsNamedAndPassedOver() {
        WireDecoder small = new WireDecoder(WireLimits.DEFAULTS.withMessage(100));
        byte[] startup = STARTUP.toBytes().toArray();
        byte[] answers = join(new AuthenticationOk(), new CopyData(Bytes.wrap(new byte[1000])), READY);
        small.feed(Direction.FRONTEND, startup, 0, startup.length, seen);
        small.feed(Direction.BACKEND, answers, 0, answers.length, seen);

        assertThat(seen.messages).endsWith(new AuthenticationOk(), READY);
        assertThat(seen.oversized).containsExactly("B@9 d 1005");
        assertThat(seen.ends).endsWith((long) answers.length);
    }

    @Test
    void theEndOfAStreamShowsWhatWasCut() {
        fromFrontend(STARTUP);
        feed(Direction.BACKEND, Bytes.ofHex("52 00000008 000000"));
        decoder.end(Direction.BACKEND, seen);
        decoder.end(Direction.FRONTEND, seen);

        assertThat(seen.undecodable).containsExactly("B@0 5200000008000000");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyCutOfASessionGivesTheSameMessagesAlsoFromSnapshots(
            @ForAll("answers") List<BackendMessage> answers,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> cuts) {
        byte[] startup = STARTUP.toBytes().toArray();
        byte[] stream = join(answers.toArray(Message[]::new));
        WireDecoder cut = new WireDecoder(WireLimits.DEFAULTS);
        Seen inPieces = new Seen();
        cut.feed(Direction.FRONTEND, startup, 0, startup.length, inPieces);
        int at = 0;
        for (int i = 0; at < stream.length; i++) {
            int to = Math.min(stream.length, at + cuts.get(i % cuts.size()));
            byte[] chunk = Bytes.copyOf(stream, at, to).toArray();
            cut.feed(Direction.BACKEND, chunk, 0, chunk.length, inPieces);
            cut = new WireDecoder(WireLimits.DEFAULTS, cut.snapshot());
            at = to;
        }

        assertThat(inPieces.messages.subList(1, inPieces.messages.size())).isEqualTo(answers);
        assertThat(inPieces.starts.subList(2, inPieces.starts.size()))
                .isEqualTo(inPieces.ends.subList(1, inPieces.ends.size() - 1));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyBytesAreShownWhole(@ForAll @Size(max = 60) byte[] stream, @ForAll @IntRange(min = 1, max = 9) int cut) {
        Bytes shown = Bytes.EMPTY;
        WireDecoder any = new WireDecoder(WireLimits.DEFAULTS);
        Seen all = new Seen();
        for (int at = 0; at < stream.length; at += cut) {
            byte[] chunk =
                    Bytes.copyOf(stream, at, Math.min(stream.length, at + cut)).toArray();
            any.feed(Direction.FRONTEND, chunk, 0, chunk.length, all);
        }
        any.end(Direction.FRONTEND, all);
        for (Bytes bytes : all.bytes) {
            shown = shown.plus(bytes);
        }

        assertThat(shown).isEqualTo(Bytes.wrap(stream));
    }

    @Provide
    Arbitrary<List<BackendMessage>> answers() {
        return MessageArbitraries.backend().list().ofMinSize(1).ofMaxSize(8).map(list -> {
            List<BackendMessage> all = new ArrayList<>(List.of(new AuthenticationOk()));
            all.addAll(list);
            return all;
        });
    }

    private void fromFrontend(Message... messages) {
        feed(Direction.FRONTEND, Bytes.wrap(join(messages)));
    }

    private void fromBackend(Message... messages) {
        feed(Direction.BACKEND, Bytes.wrap(join(messages)));
    }

    private static byte[] join(Message... messages) {
        MessageWriter out = new MessageWriter();
        for (Message message : messages) {
            message.encode(out);
        }
        return out.toBytes().toArray();
    }

    private void feed(Direction direction, Bytes bytes) {
        decoder.feed(direction, bytes.toArray(), 0, bytes.length(), seen);
    }

    /** Writes down what a decoder reads. */
    private static final class Seen implements WireSink {
        private final List<Message> messages = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();
        private final List<String> undecodable = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private final List<String> oversized = new ArrayList<>();
        private final List<Bytes> bytes = new ArrayList<>();

        @Override
        public void message(Direction direction, Message message, long start, long end) {
            messages.add(message);
            starts.add(start);
            ends.add(end);
            bytes.add(message.toBytes());
            assertThat(end - start).isEqualTo(message.toBytes().length());
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            oversized.add(direction.letter() + "@" + start + " " + (char) type + " " + length);
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            undecodable.add(direction.letter() + "@" + start + " " + raw.hex());
            reasons.add(why.getMessage());
            bytes.add(raw);
        }
    }
}
