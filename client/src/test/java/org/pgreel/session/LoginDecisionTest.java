package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.key;
import static org.pgreel.session.Messages.notice;
import static org.pgreel.session.Messages.notification;
import static org.pgreel.session.Messages.parameter;
import static org.pgreel.session.Messages.row;
import static org.pgreel.session.Messages.sasl;
import static org.pgreel.session.Messages.saslContinue;
import static org.pgreel.session.Messages.saslFinal;
import static org.pgreel.session.Messages.scramOffered;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.client.ProtocolVersion;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationGSS;
import org.pgreel.protocol.message.AuthenticationKerberosV5;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSSPI;
import org.pgreel.protocol.message.AuthenticationUnknown;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.UnknownMessage;
import org.pgreel.protocol.wire.Bytes;

/** What the client does with each byte or message before it is let in. */
class LoginDecisionTest {

    private static final AuthenticationMD5Password MD5 = new AuthenticationMD5Password(Bytes.ofHex("01020304"));
    private static final Bytes LONG_KEY = Bytes.ofHex("00".repeat(32));

    /** The answer to SSLRequest, in hexadecimal, and what comes of it under prefer and under require. */
    static Stream<Arguments> answersToSslRequest() {
        return Stream.of(
                arguments("53", "startTls", "startTls"),
                arguments("4E", "StartupMessage", "SslServerRefused"),
                arguments("58", "ProtocolViolation", "ProtocolViolation"),
                arguments("00", "ProtocolViolation", "ProtocolViolation"),
                arguments("47", "ProtocolViolation", "ProtocolViolation"),
                arguments("45", "ProtocolViolation", "ProtocolViolation"),
                arguments("45 0000000A 4D7365637265740000", "ProtocolViolation", "ProtocolViolation"),
                arguments("", "ConnectionClosedByServer", "ConnectionClosedByServer"),
                arguments("53 16", "TlsHandshakeFailed", "TlsHandshakeFailed"),
                arguments("53 52 00000008 00000000", "TlsHandshakeFailed", "TlsHandshakeFailed"),
                arguments("4E 52 00000008 00000000", "ProtocolViolation", "SslServerRefused"),
                arguments("4E 01 00000005 00", "ProtocolViolation", "SslServerRefused"));
    }

    @ParameterizedTest
    @MethodSource("answersToSslRequest")
    void theAnswerToSslRequestDecides(String hex, String underPrefer, String underRequire) {
        assertThat(outcomeOfSslResponse(SslMode.PREFER, hex)).as("prefer").isEqualTo(underPrefer);
        assertThat(outcomeOfSslResponse(SslMode.REQUIRE, hex)).as("require").isEqualTo(underRequire);
        assertThat(outcomeOfSslResponse(SslMode.VERIFY_FULL, hex))
                .as("verify-full")
                .isEqualTo(underRequire);
    }

    private static String outcomeOfSslResponse(SslMode mode, String hex) {
        SessionRig rig = SessionRig.with(o -> o.sslMode(mode)).connected();
        byte[] answer = Bytes.ofHex(hex).toArray();
        if (answer.length == 0) {
            rig.core.endOfStream();
        } else {
            rig.core.received(answer, 0, answer.length);
        }
        String last = rig.heard.get(rig.heard.size() - 1);
        if (last.startsWith("pgSessionShutdown")) {
            assertThat(rig.heard).hasSize(3).startsWith("pgSessionConnected");
            return rig.heard.get(1).substring("pgSessionConnectionFailed ".length());
        }
        if (last.equals("pgSessionAuthenticated")) {
            return last;
        }
        return rig.effects.asked.contains("startTls")
                ? "startTls"
                : rig.effects.sentNames().get(1);
    }

    /** A message right behind StartupMessage, and what comes of it when any authentication is allowed. */
    static Stream<Arguments> messagesBeforeAuthentication() {
        return Stream.of(
                arguments(new AuthenticationOk(), "pgSessionAuthenticated"),
                arguments(new AuthenticationCleartextPassword(), "PasswordMessage"),
                arguments(MD5, "PasswordMessage"),
                arguments(scramOffered(), "SASLInitialResponse"),
                arguments(sasl("SCRAM-SHA-1", "SCRAM-SHA-256"), "SASLInitialResponse"),
                arguments(sasl("SCRAM-SHA-256-PLUS"), "UnsupportedAuthenticationMethod"),
                arguments(sasl("GS2-KRB5"), "UnsupportedAuthenticationMethod"),
                arguments(sasl("OAUTHBEARER"), "AuthenticationMethodRejected"),
                arguments(sasl(), "UnsupportedAuthenticationMethod"),
                arguments(sasl("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"), "AuthenticationMethodRejected"),
                arguments(saslContinue("r=x,s=c2FsdA==,i=1"), "ProtocolViolation"),
                arguments(saslFinal("v=c29tZWRhdGE="), "ProtocolViolation"),
                arguments(new AuthenticationKerberosV5(), "UnsupportedAuthenticationMethod"),
                arguments(new AuthenticationGSS(), "UnsupportedAuthenticationMethod"),
                arguments(new AuthenticationSSPI(), "UnsupportedAuthenticationMethod"),
                arguments(new AuthenticationUnknown(4, Bytes.EMPTY), "UnsupportedAuthenticationMethod"),
                arguments(new AuthenticationUnknown(6, Bytes.EMPTY), "UnsupportedAuthenticationMethod"),
                arguments(error("FATAL", "28P01"), "InvalidPassword"),
                arguments(error("FATAL", "28000"), "InvalidAuthorizationSpecification"),
                arguments(error("FATAL", "53300"), "TooManyConnections"),
                arguments(error("FATAL", "3D000"), "InvalidDatabaseName"),
                arguments(error("FATAL", "XX000"), "ServerRejected"),
                arguments(error("ERROR", "28P01"), "InvalidPassword"),
                arguments(notice(), "pgNotice NOTICE 00000"),
                // The manual lets parameters come only once the client is let in; the driver that the callbacks are
                // named after takes them at any time.
                arguments(parameter("TimeZone", "UTC"), "ProtocolViolation"),
                arguments(notification(), "ProtocolViolation"),
                arguments(key(), "ProtocolViolation"),
                arguments(Messages.IDLE, "ProtocolViolation"),
                arguments(Messages.done("SELECT 1"), "ProtocolViolation"),
                arguments(row("1"), "ProtocolViolation"),
                arguments(Messages.columns("n"), "ProtocolViolation"),
                arguments(new EmptyQueryResponse(), "ProtocolViolation"),
                arguments(new CopyInResponse(0, List.of()), "ProtocolViolation"),
                arguments(new CopyOutResponse(0, List.of()), "ProtocolViolation"),
                arguments(new CopyData(Bytes.EMPTY), "ProtocolViolation"),
                arguments(new CopyDone(), "ProtocolViolation"),
                arguments(new PortalSuspended(), "ProtocolViolation"),
                arguments(new ParseComplete(), "ProtocolViolation"),
                arguments(new BindComplete(), "ProtocolViolation"),
                arguments(new NoData(), "ProtocolViolation"),
                arguments(new UnknownMessage((byte) 'y', Bytes.EMPTY), "ProtocolViolation"),
                arguments(new NegotiateProtocolVersion(3 << 16, List.of()), "ProtocolViolation"));
    }

    @ParameterizedTest
    @MethodSource("messagesBeforeAuthentication")
    void aMessageBeforeAuthenticationDecides(BackendMessage message, String outcome) {
        assertThat(outcomeOf(SessionRig.plain().connected(), message)).isEqualTo(outcome);
    }

    /** A message in answer to SASLInitialResponse. */
    static Stream<Arguments> messagesDuringScram() {
        return Stream.of(
                arguments(new AuthenticationOk(), "ServerVerificationFailed"),
                arguments(new AuthenticationCleartextPassword(), "ProtocolViolation"),
                arguments(MD5, "ProtocolViolation"),
                arguments(scramOffered(), "ProtocolViolation"),
                arguments(saslContinue("r=badnonce,s=c2FsdA==,i=4096"), "ServerVerificationFailed"),
                arguments(
                        saslContinue("r=" + Messages.CLIENT_NONCE + ",s=c2FsdA==,i=4096"), "ServerVerificationFailed"),
                arguments(
                        saslContinue("r=" + Messages.CLIENT_NONCE + "x,s=c2FsdA==,i=notanumber"),
                        "ServerVerificationFailed"),
                arguments(
                        saslContinue("r=" + Messages.CLIENT_NONCE + "x,s=c2FsdA==,i=2000000000"),
                        "ServerVerificationFailed"),
                arguments(saslContinue("r=" + Messages.CLIENT_NONCE + "x,s=c2FsdA==,i=2"), "SASLResponse"),
                arguments(saslFinal("v=c29tZWRhdGE="), "ServerVerificationFailed"),
                arguments(new AuthenticationKerberosV5(), "UnsupportedAuthenticationMethod"),
                arguments(new AuthenticationUnknown(99, Bytes.EMPTY), "UnsupportedAuthenticationMethod"),
                arguments(error("FATAL", "28P01"), "InvalidPassword"),
                arguments(notice(), "pgNotice NOTICE 00000"),
                arguments(Messages.IDLE, "ProtocolViolation"),
                arguments(key(), "ProtocolViolation"),
                arguments(row("1"), "ProtocolViolation"));
    }

    @ParameterizedTest
    @MethodSource("messagesDuringScram")
    void aMessageDuringScramDecides(BackendMessage message, String outcome) {
        assertThat(outcomeOf(SessionRig.plain().connected().receive(scramOffered()), message))
                .isEqualTo(outcome);
    }

    /** A message between AuthenticationOk and ReadyForQuery. */
    static Stream<Arguments> messagesBehindAuthenticationOk() {
        return Stream.of(
                arguments(Messages.IDLE, "pgTransactionStatus I"),
                arguments(parameter("TimeZone", "UTC"), "pgParameterStatus TimeZone=UTC"),
                arguments(notice(), "pgNotice NOTICE 00000"),
                arguments(error("FATAL", "42501"), "ServerRejected"),
                arguments(new BackendKeyData(1, LONG_KEY), "ProtocolViolation"),
                arguments(new AuthenticationOk(), "ProtocolViolation"),
                arguments(new AuthenticationCleartextPassword(), "ProtocolViolation"),
                arguments(new AuthenticationKerberosV5(), "ProtocolViolation"),
                arguments(row("1"), "ProtocolViolation"),
                arguments(new NegotiateProtocolVersion(3 << 16, List.of()), "ProtocolViolation"));
    }

    @ParameterizedTest
    @MethodSource("messagesBehindAuthenticationOk")
    void aMessageBehindAuthenticationOkDecides(BackendMessage message, String outcome) {
        assertThat(outcomeOf(SessionRig.plain().connected().receive(new AuthenticationOk()), message))
                .isEqualTo(outcome);
    }

    /** What is demanded, what the server does, and what comes of it; nothing secret may be sent before a refusal. */
    static Stream<Arguments> policies() {
        return Stream.of(
                arguments("scram-sha-256", new AuthenticationOk(), "AuthenticationMethodRejected"),
                arguments("scram-sha-256", new AuthenticationCleartextPassword(), "AuthenticationMethodRejected"),
                arguments("scram-sha-256", MD5, "AuthenticationMethodRejected"),
                arguments("scram-sha-256", scramOffered(), "SASLInitialResponse"),
                arguments("none", scramOffered(), "AuthenticationMethodRejected"),
                arguments("none", new AuthenticationOk(), "pgSessionAuthenticated"),
                arguments("password,md5", MD5, "PasswordMessage"),
                arguments("password,md5", new AuthenticationOk(), "AuthenticationMethodRejected"),
                arguments("!password", new AuthenticationCleartextPassword(), "AuthenticationMethodRejected"),
                arguments("!password", MD5, "PasswordMessage"));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void requireAuthDecides(String policy, BackendMessage message, String outcome) {
        SessionRig rig = SessionRig.with(o -> o.requireAuth(RequireAuth.parse(policy)));

        assertThat(outcomeOf(rig.connected(), message)).isEqualTo(outcome);
        if (outcome.equals("AuthenticationMethodRejected")) {
            assertThat(rig.effects.sentNames()).containsExactly("StartupMessage", "Terminate");
        }
    }

    @ParameterizedTest
    @MethodSource("standardPolicy")
    void theStandardPolicyKeepsThePasswordInsideTls(BackendMessage message, boolean tls, String outcome) {
        SessionRig rig =
                SessionRig.with(o -> o.requireAuth(RequireAuth.standard()).sslMode(SslMode.PREFER));
        rig.connected().receive(new byte[] {(byte) (tls ? 'S' : 'N')});
        if (tls) {
            rig.core.tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", Bytes.ofHex("01")));
        }

        assertThat(outcomeOf(rig, message)).isEqualTo(outcome);
    }

    static Stream<Arguments> standardPolicy() {
        return Stream.of(
                arguments(new AuthenticationOk(), false, "pgSessionAuthenticated"),
                arguments(scramOffered(), false, "SASLInitialResponse"),
                arguments(new AuthenticationCleartextPassword(), false, "AuthenticationMethodRejected"),
                arguments(MD5, false, "AuthenticationMethodRejected"),
                arguments(new AuthenticationCleartextPassword(), true, "PasswordMessage"),
                arguments(MD5, true, "PasswordMessage"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aVersionIsNegotiatedOnlyDownAndOnlyIfAsked(ProtocolVersion asked, BackendMessage message, String outcome) {
        SessionRig rig = SessionRig.with(o -> o.protocolVersion(asked)).connected();

        assertThat(outcomeOf(rig, message)).isEqualTo(outcome);
    }

    static Stream<Arguments> versions() {
        NegotiateProtocolVersion down = new NegotiateProtocolVersion(3 << 16, List.of());
        return Stream.of(
                arguments(ProtocolVersion.V3_0, down, "ProtocolViolation"),
                arguments(ProtocolVersion.V3_2, down, "nothing"),
                arguments(ProtocolVersion.V3_2, new NegotiateProtocolVersion(0, List.of()), "nothing"),
                arguments(ProtocolVersion.V3_2, new NegotiateProtocolVersion(1, List.of()), "ProtocolViolation"),
                arguments(
                        ProtocolVersion.V3_2,
                        new NegotiateProtocolVersion(3 << 16 | 2, List.of()),
                        "ProtocolViolation"),
                arguments(
                        ProtocolVersion.V3_2,
                        new NegotiateProtocolVersion(3 << 16 | 9, List.of()),
                        "ProtocolViolation"),
                arguments(ProtocolVersion.V3_2, new NegotiateProtocolVersion(4 << 16, List.of()), "ProtocolViolation"),
                arguments(
                        ProtocolVersion.V3_2,
                        new NegotiateProtocolVersion(3 << 16, List.of("_pq_.foo")),
                        "ProtocolViolation"));
    }

    @Test
    void aVersionBelowTheLeastIsRefused() {
        SessionRig rig = SessionRig.with(
                        o -> o.protocolVersion(ProtocolVersion.V3_2).minProtocolVersion(ProtocolVersion.V3_2))
                .connected();

        assertThat(outcomeOf(rig, new NegotiateProtocolVersion(3 << 16, List.of())))
                .isEqualTo("UnsupportedProtocolVersion");
    }

    /** The password of the first request was not sent yet, so no server can have let the client in for it. */
    @Test
    void whoIsLetInBeforeTheAnswerWasSentIsNotLetIn() {
        SessionRig rig = SessionRig.with(
                        o -> o.requireAuth(RequireAuth.parse("password")).password("secret"))
                .connected();
        byte[] request = SessionRig.bytesOf(new AuthenticationCleartextPassword());
        byte[] ok = SessionRig.bytesOf(new AuthenticationOk());
        byte[] both = new byte[request.length + ok.length];
        System.arraycopy(request, 0, both, 0, request.length);
        System.arraycopy(ok, 0, both, request.length, ok.length);

        rig.effects.serverSays(both, 0, both.length);
        rig.core.received(both, 0, both.length);

        assertThat(rig.heard).contains("pgSessionConnectionFailed ProtocolViolation");
        assertThat(rig.effects.sentNames()).doesNotContain("PasswordMessage");
    }

    /** The last callback, the reason of a failure, or the last message sent. */
    private static String outcomeOf(SessionRig rig, BackendMessage message) {
        int heardBefore = rig.heard.size();
        int sentBefore = rig.effects.sent.size();
        byte[] bytes = SessionRig.bytesOf(message);
        rig.effects.serverSays(bytes, 0, bytes.length);
        rig.core.received(bytes, 0, bytes.length);
        List<String> heard = rig.heard.subList(heardBefore, rig.heard.size());
        if (heard.stream().anyMatch(e -> e.startsWith("pgSessionShutdown"))) {
            assertThat(heard).hasSize(2);
            return heard.get(0).substring("pgSessionConnectionFailed ".length());
        }
        if (!heard.isEmpty()) {
            return heard.get(heard.size() - 1);
        }
        List<String> sent = rig.effects.sentNames().subList(sentBefore, rig.effects.sent.size());
        return sent.isEmpty() ? "nothing" : sent.get(sent.size() - 1);
    }
}
