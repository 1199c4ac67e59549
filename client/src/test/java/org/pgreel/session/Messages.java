package org.pgreel.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** What servers say, in few words. */
final class Messages {

    static final String CLIENT_NONCE = "clientNonce0123456789";
    static final String SERVER_NONCE = "servernonce123456";
    static final int INT4 = 23;
    static final int TEXT = 25;

    static final ReadyForQuery IDLE = new ReadyForQuery(TransactionStatus.IDLE);
    static final ReadyForQuery IN_BLOCK = new ReadyForQuery(TransactionStatus.IN_BLOCK);
    static final ReadyForQuery FAILED = new ReadyForQuery(TransactionStatus.FAILED);

    private Messages() {}

    static AuthenticationSASL sasl(String... mechanisms) {
        return new AuthenticationSASL(Arrays.asList(mechanisms));
    }

    static AuthenticationSASLContinue saslContinue(String data) {
        return new AuthenticationSASLContinue(Bytes.utf8(data));
    }

    static AuthenticationSASLFinal saslFinal(String data) {
        return new AuthenticationSASLFinal(Bytes.utf8(data));
    }

    static ErrorResponse error(String severity, String sqlState) {
        return ErrorResponse.of(severity, sqlState, "something went wrong");
    }

    static NoticeResponse notice() {
        return new NoticeResponse(ErrorFields.of("NOTICE", "00000", "test notice"));
    }

    static NotificationResponse notification() {
        return new NotificationResponse(42, "test_ch", "hello");
    }

    static ParameterStatus parameter(String name, String value) {
        return new ParameterStatus(name, value);
    }

    static BackendKeyData key() {
        return new BackendKeyData(12345, Bytes.ofHex("00010932"));
    }

    static RowDescription columns(String... names) {
        List<FieldDescription> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(FieldDescription.of(name, TEXT, -1));
        }
        return new RowDescription(columns);
    }

    static DataRow row(String... values) {
        return new DataRow(Values.ofText(values));
    }

    static CommandComplete done(String tag) {
        return new CommandComplete(tag);
    }

    /** Description, one row, tag and ReadyForQuery. */
    static BackendMessage[] answer(String value) {
        return new BackendMessage[] {columns("n"), row(value), done("SELECT 1"), IDLE};
    }

    /** The server's side of a SCRAM login with the password secret: few iterations, so that tests are fast. */
    static final class ScramServer {
        private final ScramSha256Server.Challenge challenge;

        ScramServer(ScramSha256Server server, SASLInitialResponse first) {
            this.challenge = server.challenge(
                    first.mechanism(), Objects.requireNonNull(first.data()).toArray());
        }

        static ScramServer unbound(SASLInitialResponse first) {
            return new ScramServer(ScramSha256Server.unbound(credential(), SERVER_NONCE), first);
        }

        AuthenticationSASLContinue challenge() {
            return new AuthenticationSASLContinue(Bytes.copyOf(challenge.message()));
        }

        AuthenticationSASLFinal signature(SASLResponse proof) {
            return new AuthenticationSASLFinal(
                    Bytes.copyOf(challenge.verify(proof.data().toArray())));
        }
    }

    static ScramCredential credential() {
        return ScramCredential.of("secret", "salt0123".getBytes(UTF_8), 16);
    }

    static AuthenticationSASL scramOffered() {
        return sasl(ScramSha256.MECHANISM);
    }

    static BackendMessage[] loggedIn() {
        return new BackendMessage[] {
            new AuthenticationOk(),
            parameter("client_encoding", "UTF8"),
            parameter("server_version", "18.0"),
            key(),
            IDLE
        };
    }
}
