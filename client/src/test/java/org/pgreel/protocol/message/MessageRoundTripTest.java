package org.pgreel.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;

class MessageRoundTripTest {
    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMessageOfTheFrontendComesBack(@ForAll("frontend") FrontendMessage message) {
        byte[] bytes = message.toBytes().toArray();

        FrontendMessage read = FrontendMessageDecoder.decode(bytes[0], bytes, 5, bytes.length, PasswordKind.PASSWORD);

        assertSame(read, message);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aPasswordComesBack(@ForAll("passwords") FrontendMessage message) {
        byte[] bytes = message.toBytes().toArray();
        PasswordKind kind = message instanceof PasswordMessage
                ? PasswordKind.PASSWORD
                : message instanceof SASLInitialResponse
                        ? PasswordKind.SASL_INITIAL
                        : message instanceof SASLResponse ? PasswordKind.SASL : PasswordKind.GSS;

        assertSame(FrontendMessageDecoder.decode(bytes[0], bytes, 5, bytes.length, kind), message);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMessageThatBeginsAConnectionComesBack(@ForAll("untyped") FrontendMessage message) {
        byte[] bytes = message.toBytes().toArray();

        assertSame(FrontendMessageDecoder.decodeUntyped(bytes, 4, bytes.length), message);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMessageOfTheBackendComesBack(@ForAll("backend") BackendMessage message) {
        byte[] bytes = message.toBytes().toArray();

        assertSame(BackendMessageDecoder.decode(bytes[0], bytes, 5, bytes.length), message);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anAuthenticationRequestComesBack(@ForAll("authentication") BackendMessage message) {
        byte[] bytes = message.toBytes().toArray();

        assertSame(BackendMessageDecoder.decode(bytes[0], bytes, 5, bytes.length), message);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void bytesThatDecodeEncodeToThemselves(@ForAll byte type, @ForAll byte[] body) {
        try {
            Message message = BackendMessageDecoder.decode(type, body, 0, body.length);
            MessageWriter out = new MessageWriter();
            message.encode(out);
            assertThat(out.toBytes().slice(5, out.length())).isEqualTo(Bytes.wrap(body));
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining(" at byte ");
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void messagesWrittenOneBehindTheOtherAreTheirBytes(@ForAll("manyFromTheBackend") List<BackendMessage> messages) {
        MessageWriter out = new MessageWriter();
        Bytes joined = Bytes.EMPTY;
        for (BackendMessage message : messages) {
            message.encode(out);
            joined = joined.plus(message.toBytes());
        }

        assertThat(out.toBytes()).isEqualTo(joined);
    }

    private static void assertSame(Message read, Message written) {
        assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
        assertThat(read.toBytes()).isEqualTo(written.toBytes());
    }

    @Provide
    Arbitrary<FrontendMessage> frontend() {
        return MessageArbitraries.frontend();
    }

    @Provide
    Arbitrary<FrontendMessage> passwords() {
        return MessageArbitraries.passwords();
    }

    @Provide
    Arbitrary<FrontendMessage> untyped() {
        return MessageArbitraries.untyped();
    }

    @Provide
    Arbitrary<BackendMessage> backend() {
        return MessageArbitraries.backend();
    }

    @Provide
    Arbitrary<BackendMessage> authentication() {
        return MessageArbitraries.authentication();
    }

    @Provide
    Arbitrary<List<BackendMessage>> manyFromTheBackend() {
        return MessageArbitraries.backend().list().ofMaxSize(8);
    }
}
