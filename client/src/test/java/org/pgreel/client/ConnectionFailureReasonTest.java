package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.client.ConnectionFailureReason.RejectedByServer;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;

class ConnectionFailureReasonTest {

    private static final ErrorResponse RESPONSE = ErrorResponse.of("FATAL", "28P01", "password authentication failed");

    /** One of each kind. */
    private static final List<ConnectionFailureReason> ALL = List.of(
            new ConnectionFailureReason.ConnectionFailedDns("db.example", null),
            new ConnectionFailureReason.ConnectionFailedTcp(new ServerAddress.Tcp("db.example", 5432), null),
            new ConnectionFailureReason.ConnectionFailedTimeout(Duration.ofSeconds(10), "connecting"),
            new ConnectionFailureReason.ConnectionFailedTimerError(new IllegalStateException()),
            new ConnectionFailureReason.ConnectionClosedByServer("authenticating", new IOException("reset")),
            new ConnectionFailureReason.SslServerRefused(),
            new ConnectionFailureReason.TlsHandshakeFailed("no common version", null),
            new ConnectionFailureReason.TlsAuthFailed(null),
            new ConnectionFailureReason.UnsupportedProtocolVersion("3.0", "3.2"),
            new ConnectionFailureReason.UnsupportedAuthenticationMethod("AuthenticationGSS"),
            new ConnectionFailureReason.AuthenticationMethodRejected("the server asks for md5"),
            new ConnectionFailureReason.ServerVerificationFailed("the server's signature is wrong"),
            new ConnectionFailureReason.TargetSessionAttrsNotMet(TargetSessionAttrs.PRIMARY, "is a standby"),
            new ConnectionFailureReason.ProtocolViolation("DataRow before AuthenticationOk"),
            new ConnectionFailureReason.RecordingFailed(new IOException("no space")),
            new ConnectionFailureReason.InvalidPassword(RESPONSE),
            new ConnectionFailureReason.InvalidAuthorizationSpecification(RESPONSE),
            new ConnectionFailureReason.TooManyConnections(RESPONSE),
            new ConnectionFailureReason.InvalidDatabaseName(RESPONSE),
            new ConnectionFailureReason.ServerRejected(RESPONSE));

    @ParameterizedTest
    @CsvSource({
        "28P01, InvalidPassword",
        "28000, InvalidAuthorizationSpecification",
        "53300, TooManyConnections",
        "3D000, InvalidDatabaseName",
        "XX000, ServerRejected",
        "'', ServerRejected"
    })
    void theSqlstateDecidesAndTheWholeResponseIsKept(String sqlState, String name) {
        ErrorResponse response = ErrorResponse.of("FATAL", sqlState, "no");

        RejectedByServer reason = ConnectionFailureReason.of(response);

        assertThat(reason.name()).isEqualTo(name);
        assertThat(reason.response()).isEqualTo(response);
        assertThat(reason.sentence()).contains("FATAL").contains("no");
    }

    @Test
    void everyKindIsListedHere() {
        Stream<Class<?>> kinds = Arrays.stream(ConnectionFailureReason.class.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? Arrays.stream(kind.getPermittedSubclasses()) : Stream.of(kind));

        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        ALL.stream().<Class<?>>map(Object::getClass).toList());
    }

    @Test
    void everyReasonIsASentenceWithoutAFullStop() {
        for (ConnectionFailureReason reason : ALL) {
            assertThat(reason.sentence())
                    .as(reason.name())
                    .hasSizeGreaterThan(15)
                    .doesNotEndWith(".");
        }
    }

    @Test
    void whatTheServerSaysIsPrintableAndBounded() {
        ErrorResponse hostile = new ErrorResponse(ErrorFields.of("FATAL", "XX000", "\u001b[31m" + "x".repeat(100_000)));

        String sentence = ConnectionFailureReason.of(hostile).sentence();

        assertThat(sentence).hasSizeLessThan(1_200).doesNotContain("\u001b");
    }

    @Test
    void theExceptionOfAnOperationCarriesTheReason() {
        ConnectFailedException failure =
                new ConnectFailedException(new ConnectionFailureReason.InvalidPassword(RESPONSE));

        assertThat(failure.kind()).isEqualTo("InvalidPassword");
        assertThat(failure.mayHaveExecuted()).isFalse();
        assertThat(failure.mayHaveCommitted()).isFalse();
        assertThat(failure).hasMessageContaining("password authentication failed");
    }
}
