package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.ScriptedBackend.Step;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.transport.EnginePair;
import org.pgreel.transport.RawServer;

/** Servers that do what no real one can be asked to do. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class HostileServerTest {
    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RawServer server = new RawServer();
    private final RecordedLife life = new RecordedLife();

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private ConnectOptionsBuilder to() {
        return ConnectOptions.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("alice")
                .password(ScriptedBackend.PASSWORD)
                .sslMode(SslMode.DISABLE);
    }

    private void failed(Session session, String reason) throws Exception {
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.withoutParameters().stream().filter(line -> !line.equals("authenticated")))
                .containsExactly("connected", "connection-failed " + reason, "shutdown ConnectionFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "E", "H", "\0", "G", "\uFFFF"})
    void aByteThatIsNoAnswerToSslRequestIsAViolation(String answer) throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.PREFER), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).readUntyped();
            peer.send(answer.getBytes(StandardCharsets.ISO_8859_1));
            failed(session, "ProtocolViolation");
        }
    }

    @Test
    void anErrorResponseToSslRequestIsNeverShown() throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.PREFER), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).readUntyped();
            peer.send("E\0\0\0\u0032SFATAL\0MLog in at evil.example instead\0\0");
            failed(session, "ProtocolViolation");
            assertThat(life.reason.sentence()).doesNotContain("evil");
        }
    }

    @Test
    void bytesBehindTheConsentToTlsAreRefused() throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.REQUIRE), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).readUntyped();
            peer.send("SR\0\0\0\u0008\0\0\0\0");
            failed(session, "TlsHandshakeFailed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "N"})
    void silenceIsBoundedByTheConnectTimeout(String answer) throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.PREFER).connectTimeout(Duration.ofMillis(300)), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).readUntyped();
            peer.send(answer);
            failed(session, "ConnectionFailedTimeout");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"STARTUP", "RESPONSE", "PARAMETERS"})
    void silenceAtAnyStepOfTheLoginIsBounded(Step step) throws Exception {
        Session session = WATCHED.connect(to().connectTimeout(Duration.ofSeconds(2)), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).loginUpTo(step);
            failed(session, "ConnectionFailedTimeout");
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void anEndOfStreamAtAnyStepOfTheLoginIsClosedByServer(Step step) throws Exception {
        Session session = WATCHED.connect(to(), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).loginUpTo(step);
            peer.endOutput();
            failed(session, "ConnectionClosedByServer");
            assertThat(life.reason.cause()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aResetAtAnyStepOfTheLoginIsClosedByServer(Step step) throws Exception {
        Session session = WATCHED.connect(to(), life);
        RawServer.Peer peer = server.accept();
        life.await("connected");
        ScriptedBackend.on(peer.socket()).loginUpTo(step);
        peer.reset();
        failed(session, "ConnectionClosedByServer");
        assertThat(life.reason.cause()).isInstanceOf(IOException.class);
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsNotBelieved() throws Exception {
        Session session = WATCHED.connect(to(), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend backend = ScriptedBackend.on(peer.socket());
            backend.loginUpTo(Step.RESPONSE);
            backend.send(
                    new AuthenticationSASLFinal(Bytes.utf8("v=Zm9yZ2VkIGZvcmdlZCBmb3JnZWQgZm9yZ2VkIGZvcmc=")),
                    new AuthenticationOk());
            failed(session, "ServerVerificationFailed");
            assertThat(life.lines()).doesNotContain("authenticated");
        }
    }

    @Test
    void aServerThatSkipsItsProofIsNotBelieved() throws Exception {
        Session session = WATCHED.connect(to(), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend backend = ScriptedBackend.on(peer.socket());
            backend.loginUpTo(Step.CHALLENGE);
            backend.send(new AuthenticationOk());
            failed(session, "ServerVerificationFailed");
        }
    }

    @Test
    void aServerThatWritesByteByByteIsUnderstood() throws Exception {
        Session session = WATCHED.connect(to(), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend backend = ScriptedBackend.byteByByte(peer.socket());
            backend.login();
            var answer = session.query("SELECT 'drop by drop'");
            backend.answer("drop by drop");
            assertThat(answer.get(30, TimeUnit.SECONDS).only().onlyRow().text(0))
                    .isEqualTo("drop by drop");
            session.close();
            assertThat(backend.readMessage('X')).isEmpty();
        }
    }

    @Test
    void bytesBehindAConsentToTlsThatComeLaterAreNoHandshake() throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.REQUIRE), life);
        try (RawServer.Peer peer = server.accept()) {
            ScriptedBackend.on(peer.socket()).readUntyped();
            peer.send("S");
            assertThat(peer.read(1)).containsExactly(0x16);
            peer.send("R\0\0\0\u0008\0\0\0\0");
            failed(session, "TlsHandshakeFailed");
        }
    }

    @Test
    void aCertificateWithoutABindingFailsARequiredOneBeforeAnythingIsSent() throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.REQUIRE).channelBinding(ChannelBinding.REQUIRE), life);
        try (RawServer.Peer peer = server.accept();
                SSLSocket tls = encrypted(peer)) {
            ScriptedBackend backend = ScriptedBackend.on(tls);
            backend.readUntyped();
            backend.send(new AuthenticationSASL(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")));
            session.ended().get(30, TimeUnit.SECONDS);
            assertThat(life.withoutParameters().get(1)).startsWith("connection-failed ");
            assertThatThrownBy(() -> backend.readMessage('p'))
                    .isInstanceOfAny(EOFException.class, AssertionError.class, IOException.class);
        }
    }

    @Test
    void aCertificateWithoutABindingIsToldHonestlyWhereBindingIsOnlyPreferred() throws Exception {
        Session session = WATCHED.connect(to().sslMode(SslMode.REQUIRE), life);
        try (RawServer.Peer peer = server.accept();
                SSLSocket tls = encrypted(peer)) {
            ScriptedBackend backend = ScriptedBackend.on(tls);
            backend.readUntyped();
            backend.send(new AuthenticationSASL(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")));
            String first = new String(backend.readMessage('p'), StandardCharsets.UTF_8);
            // "y" would claim that the server did not offer binding, which it would have to take for an attack.
            assertThat(first).startsWith("SCRAM-SHA-256\0").contains("n,,");
            session.close();
        }
    }

    private static SSLSocket encrypted(RawServer.Peer peer) throws Exception {
        ScriptedBackend.on(peer.socket()).readUntyped();
        peer.send("S");
        SSLSocket tls = (SSLSocket)
                EnginePair.context("ed25519", null).getSocketFactory().createSocket(peer.socket(), null, true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        return tls;
    }
}
