package org.pgreel.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.message.AuthenticationGSSContinue;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;

class TranscriptSecretsTest {
    static Stream<Arguments> secrets() {
        Bytes key = Bytes.ofHex("01020304");
        return Stream.of(
                Arguments.of(new PasswordMessage("gehéim"), "<secret:7>", "*******"),
                Arguments.of(new PasswordMessage(""), "\"\"", ""),
                Arguments.of(new CancelRequest(1, key), "1 <secret:4>", "****"),
                Arguments.of(new BackendKeyData(1, key), "1 <secret:4>", "****"),
                Arguments.of(new GSSResponse(key), "<secret:4>", "****"),
                Arguments.of(new AuthenticationGSSContinue(key), "<secret:4>", "****"),
                Arguments.of(
                        new SASLInitialResponse("SCRAM-SHA-256", data("n,,n=,r=abc")),
                        "\"SCRAM-SHA-256\" \"n,,n=,r=abc\"",
                        "n,,n=,r=abc"),
                Arguments.of(
                        new SASLInitialResponse("SCRAM-SHA-256-PLUS", data("p=tls-server-end-point,,n=,r=a")),
                        "\"SCRAM-SHA-256-PLUS\" \"p=tls-server-end-point,,n=,r=a\"",
                        "p=tls-server-end-point,,n=,r=a"),
                Arguments.of(
                        new SASLInitialResponse("SCRAM-SHA-256", data("geheim pass")),
                        "\"SCRAM-SHA-256\" <secret:11>",
                        "***********"),
                Arguments.of(
                        new SASLInitialResponse("OAUTHBEARER", data("n,,auth=Bearer x")),
                        "\"OAUTHBEARER\" <secret:16>",
                        "****************"),
                Arguments.of(
                        new SASLResponse(data("c=biws,r=abc,p=dGVzdA==")),
                        "\"c=biws,r=abc,p=\"<secret:8>",
                        "c=biws,r=abc,p=AAAAAAAA"),
                Arguments.of(
                        new SASLResponse(data("c=biws,p=dGVzdA==,r=x")),
                        "\"c=biws,p=\"<secret:8>\",r=x\"",
                        "c=biws,p=AAAAAAAA,r=x"),
                Arguments.of(new SASLResponse(data("\u0001")), "<secret:1>", "*"),
                Arguments.of(new SASLResponse(data("c=biws,zz")), "\"c=biws,\"<secret:2>", "c=biws,**"),
                Arguments.of(
                        new AuthenticationSASLContinue(data("r=ab,s=QQ==,i=4096")),
                        "\"r=ab,s=QQ==,i=4096\"",
                        "r=ab,s=QQ==,i=4096"),
                Arguments.of(new AuthenticationSASLFinal(data("v=c2ln")), "\"v=\"<secret:4>", "v=AAAA"),
                Arguments.of(new AuthenticationSASLFinal(data("e=no")), "\"e=no\"", "e=no"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretIsShownAsItsLength(Message message, String fields, String recorded) {
        Direction direction = message instanceof FrontendMessage ? Direction.FRONTEND : Direction.BACKEND;
        String line = TranscriptWriter.line(direction, message);

        assertThat(line).isEqualTo(direction.letter() + " " + message.name() + " " + fields);
        Bytes masked = TranscriptParser.parse(line).bytes(direction);
        assertThat(masked.length()).isEqualTo(message.toBytes().length());
        assertThat(masked.text()).contains(recorded);
    }

    @Test
    void aMalformedPasswordIsAPasswordStill() {
        StringBuilder text = new StringBuilder();
        Bytes raw = Bytes.ofHex("70 0000000a 676568656d32");
        MalformedMessageException why = new MalformedMessageException("PasswordMessage", 5, "the string has no end");

        new TranscriptWriter(text).undecodable(Direction.FRONTEND, 0, raw, why);

        assertThat(text)
                .hasToString("F raw x\"700000000a\"<secret:6> # PasswordMessage at byte 5: the string has no end\n");
    }

    @Test
    void aRecordingShowsWhatIsNoMessageAsItIsStored() {
        StringBuilder text = new StringBuilder();
        Bytes raw = Bytes.ofHex("70 0000000a 2a2a2a2a2a2a");

        TranscriptWriter.ofRecording(text).raw(Direction.FRONTEND, raw);

        assertThat(TranscriptParser.parse(text.toString()).bytes(Direction.FRONTEND))
                .isEqualTo(raw);
    }

    @Test
    void aRecordingsMessagesHideTheirSecretsToo() {
        StringBuilder text = new StringBuilder();
        BackendMessage recorded = new AuthenticationSASLFinal(data("v=AAAA"));

        TranscriptWriter.ofRecording(text).message(Direction.BACKEND, recorded);

        assertThat(text).hasToString("B AuthenticationSASLFinal \"v=\"<secret:4>\n");
        assertThat(TranscriptParser.parse(text.toString()).bytes(Direction.BACKEND))
                .isEqualTo(recorded.toBytes());
    }

    private static Bytes data(String text) {
        return Bytes.utf8(text);
    }
}
