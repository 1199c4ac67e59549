package org.pgreel.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.message.ErrorFields.Field;
import org.pgreel.protocol.message.StartupMessage.Parameter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MalformedMessageException;

class HostileMessagesTest {
    @ParameterizedTest
    @CsvSource({
        "D, 0001 80000000",
        "D, 0001 fffffffe",
        "D, 0001 00000005 61626364",
        "D, ffff 00000000",
        "T, ffff 6100",
        "T, 0001 61",
        "t, ffff 00000017",
        "G, 00 ffff 0000",
        "V, 80000000",
        "V, 00000002 61",
        "v, 00030000 ffffffff",
        "v, 00030000 7fffffff 6100",
        "E, 534552524f5200",
        "E, 53",
        "N, 53414200 00 00",
        "Z, 41",
        "Z, 4949",
        "R, 0000",
        "R, 0000000a 5343 00",
        "R, 0000000a 5343",
        "R, 00000005 010203",
        "C, 53",
        "K, 00000001 010203",
        "S, 6100",
        "A, 00000001 6100",
        "1, 00",
        "2, 00",
        "3, 00",
        "n, 00",
        "s, 00",
        "I, 00",
        "c, 00"
    })
    void aMalformedMessageOfTheBackendIsRefused(char type, String hex) {
        byte[] body = Bytes.ofHex(hex).toArray();

        assertThatThrownBy(() -> BackendMessageDecoder.decode((byte) type, body, 0, body.length))
                .isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "B, 0000 ffff 0000",
        "B, 00 00 0000 0001 fffffffe 0000",
        "B, 00 00 0000 ffff 00000000",
        "P, 0000 ffff 00000017",
        "D, 5800",
        "C, 7300",
        "F, 00000001 0000 0001 7fffffff 0000",
        "E, 00 0000",
        "Q, 61",
        "Q, 610061",
        "f, 61",
        "X, 00"
    })
    void aMalformedMessageOfTheFrontendIsRefused(char type, String hex) {
        byte[] body = Bytes.ofHex(hex).toArray();

        assertThatThrownBy(
                        () -> FrontendMessageDecoder.decode((byte) type, body, 0, body.length, PasswordKind.PASSWORD))
                .isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0003", "00020000 00", "04d2162f 00", "04d2162e 00000001 010203", "00030000 6100", "04d21600"
            })
    void aConnectionThatBeginsOtherwiseIsRefused(String hex) {
        byte[] body = Bytes.ofHex(hex).toArray();

        assertThatThrownBy(() -> FrontendMessageDecoder.decodeUntyped(body, 0, body.length))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aFailureNamesMessagePlaceAndFact() {
        byte[] body =
                Bytes.ofHex("0001 6e00 00000000 0000 00000017 0004 ffffffff 00").toArray();

        assertThatThrownBy(() -> BackendMessageDecoder.decode(RowDescription.TYPE, body, 0, body.length))
                .hasMessage("RowDescription at byte 25: 2 bytes announced, 1 left");
    }

    @Test
    void aFailureHoldsNoContent() {
        byte[] body = Bytes.utf8("secret").toArray();

        assertThatThrownBy(() -> FrontendMessageDecoder.decode((byte) 'p', body, 0, body.length, PasswordKind.PASSWORD))
                .hasMessage("PasswordMessage at byte 5: the string has no end");
    }

    @Test
    void aCountAllocatesNothingBeforeItIsKnownToFit() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] row = Bytes.ofHex("ffff 00000000").toArray();
        refused(row);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
            refused(row);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static void refused(byte[] row) {
        assertThatThrownBy(() -> BackendMessageDecoder.decode(DataRow.TYPE, row, 0, row.length))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void countsAreUnsigned() {
        Values many = Values.of(Collections.nCopies(65_535, null));
        Bind bind = new Bind("", "", List.of(), many, List.of());
        byte[] bytes = bind.toBytes().toArray();

        Bind read = (Bind) FrontendMessageDecoder.decode(Bind.TYPE, bytes, 5, bytes.length, PasswordKind.PASSWORD);

        assertThat(read.parameters().count()).isEqualTo(65_535);
        assertThat(read).isEqualTo(bind);
        assertThatThrownBy(() -> Values.of(Collections.nCopies(65_536, null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Parse("", "", Collections.nCopies(65_536, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNulInsideAStringCannotBecomeMoreFields() {
        assertThatThrownBy(() -> new Parameter("user", "a\0database\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Query("select 1\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PasswordMessage("a\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CopyFail("\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Field('M', "\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Parameter("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuthenticationSASL(List.of(""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CommandComplete("\0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreNotPartOfAMessagesText() {
        Bytes secret = Bytes.utf8("geheim");
        assertThat(List.of(
                        new PasswordMessage("geheim"),
                        new SASLInitialResponse("OAUTHBEARER", secret),
                        new SASLResponse(secret),
                        new GSSResponse(secret),
                        new AuthenticationSASLFinal(secret),
                        new BackendKeyData(1, secret),
                        new CancelRequest(1, secret)))
                .allSatisfy(message ->
                        assertThat(message.toString()).doesNotContain("geheim").doesNotContain(secret.hex()));
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT 0 5, 5",
        "DELETE 18, 18",
        "UPDATE 2047, 2047",
        "SELECT 5012, 5012",
        "MOVE 11, 11",
        "FETCH 7, 7",
        "COPY 9223372036854775807, 9223372036854775807",
        "MERGE 0, 0",
        "FUTURE PROOF 2, 2"
    })
    void theRowCountIsTheLastWord(String tag, long count) {
        assertThat(new CommandComplete(tag).rowCount()).hasValue(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "COPY", "CREATE TABLE", "INSERT 0 9223372036854775808", "SELECT ", "INSERT 0 x", "5", "A -1"
            })
    void aTagWithoutNumberHasNoRowCount(String tag) {
        assertThat(new CommandComplete(tag).rowCount()).isEqualTo(OptionalLong.empty());
        assertThat(new CommandComplete(tag).tag()).isEqualTo(tag);
    }

    @Test
    void anErrorWithoutTheUsualFieldsStillAnswers() {
        ErrorResponse bare = new ErrorResponse(new ErrorFields(List.of(new Field('S', "FEHLER"), new Field('?', "x"))));

        assertThat(bare.severity()).isEqualTo("FEHLER");
        assertThat(bare.sqlState()).isEmpty();
        assertThat(bare.message()).isEmpty();
        assertThat(bare.detail()).isNull();
        assertThat(bare.fields().with('V', "ERROR").severity()).isEqualTo("ERROR");
    }

    @Test
    void negotiatedVersionsAreUnderstoodInBothSpellings() {
        assertThat(new NegotiateProtocolVersion(0x0003_0000, List.of()).minor()).isZero();
        assertThat(new NegotiateProtocolVersion(2, List.of()).minor()).isEqualTo(2);
        assertThat(new NegotiateProtocolVersion(0x0003_0002, List.of()).minor()).isEqualTo(2);
    }
}
