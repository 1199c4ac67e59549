package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.replay.TestRecording.user;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.authentication.Md5Password;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.protocol.authentication.ScramSha256Client;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.report.ConnectionOutcome;

/** The login to a replayed server is real: negotiated, proved and refused as by PostgreSQL. */
final class LoginTest {
    private static final byte[] PASSWORD = "pencil".getBytes(StandardCharsets.UTF_8);
    private static final Bytes END_POINT = Bytes.utf8("the hash of a certificate");

    private final TestRecording recording = new TestRecording();

    @BeforeEach
    void recordTwoConnections() {
        recording.connection("alice", 4711);
        recording.connection("alice", 4711);
    }

    private ReplayEngine engine(ReplaySettings settings) {
        return new ReplayEngine(recording.playable(), settings, new SeededEntropy());
    }

    private ReplayEngine engine(AuthenticationMethod method, @Nullable String user) {
        return engine(ReplaySettings.DEFAULTS.withTls(true).withAuthentication(method, user, "pencil"));
    }

    private static StartupMessage startup(int version) {
        return StartupMessage.of(version, user("alice"));
    }

    private static StartupMessage startup() {
        return startup(StartupMessage.VERSION_3_0);
    }

    @Test
    void trustGreetsAsRecordedWithAKeyOfItsOwn() {
        var client = TestClient.loggedIn(
                engine(ReplaySettings.DEFAULTS), Map.of("user", "alice", "application_name", "now"));

        List<BackendMessage> came = client.take();

        assertThat(came.stream().map(BackendMessage::name))
                .containsExactly(
                        "AuthenticationOk", "ParameterStatus", "ParameterStatus", "BackendKeyData", "ReadyForQuery");
        assertThat(came.get(1)).isEqualTo(new ParameterStatus("server_version", "18.6"));
        assertThat(came.get(2)).isEqualTo(new ParameterStatus("application_name", "now"));
        BackendKeyData key = (BackendKeyData) came.get(3);
        assertThat(key.processId()).isEqualTo(4711);
        assertThat(key.secretKey().length()).isEqualTo(4);
        assertThat(key.secretKey()).isNotEqualTo(Bytes.utf8("****"));
        assertThat(client.effects.armed(ReplayTimer.LOGIN)).isFalse();
    }

    @Test
    void aProcessIdIsNotGivenToTwoLiveConnections() {
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);
        var first = TestClient.loggedIn(engine, user("alice"));
        var second = TestClient.loggedIn(engine, user("alice"));

        assertThat(first.takeKey().processId()).isEqualTo(4711);
        assertThat(second.takeKey().processId()).isPositive().isNotEqualTo(4711);
    }

    @Test
    void protocol32IsHonouredWithALongKey() {
        var client = new TestClient(engine(ReplaySettings.DEFAULTS)).send(startup(StartupMessage.VERSION_3_2));

        assertThat(client.takeKey().secretKey().length()).isEqualTo(32);
    }

    @Test
    void aNewerProtocolAndItsOptionsAreNegotiatedDown() {
        var parameters = user("alice");
        parameters.put("_pq_.test_protocol_negotiation", "");
        var client =
                new TestClient(engine(ReplaySettings.DEFAULTS)).send(StartupMessage.of(3 << 16 | 9999, parameters));

        List<BackendMessage> came = client.take();

        assertThat(came.get(0))
                .isEqualTo(new NegotiateProtocolVersion(
                        StartupMessage.VERSION_3_2, List.of("_pq_.test_protocol_negotiation")));
        assertThat(came.get(1).name()).isEqualTo("AuthenticationOk");
    }

    @Test
    void protocol2IsRefused() {
        var client = new TestClient(engine(ReplaySettings.DEFAULTS)).send(Bytes.ofHex("00000008 00020000"));

        assertThat(new String(client.effects.takeFlushes().get(0), StandardCharsets.UTF_8))
                .contains("0A000", "unsupported frontend protocol 2.0: server supports 3.0 to 3.2");
        assertThat(client.effects.closed).isTrue();
    }

    @Test
    void withoutACertificateRequestsForEncryptionAreDeclined() {
        var client = new TestClient(engine(ReplaySettings.DEFAULTS));

        client.send(new GSSENCRequest());
        assertThat(client.effects.takeFlushes()).containsExactly(new byte[] {'N'});
        client.send(new SSLRequest());
        assertThat(client.effects.takeFlushes()).containsExactly(new byte[] {'N'});
        client.send(startup());
        assertThat(client.effects.tls).isFalse();
        assertThat(client.effects.takeFlushes()).hasSize(1);
    }

    @Test
    void withACertificateTlsStartsBehindTheAnswer() {
        var client = new TestClient(engine(ReplaySettings.DEFAULTS.withTls(true)));

        client.send(new SSLRequest());

        assertThat(client.effects.takeFlushes()).containsExactly(new byte[] {'S'});
        assertThat(client.effects.tls).isTrue();
        client.connection.tlsEstablished(END_POINT);
        client.connection.received(
                startup().toBytes().toArray(), 0, startup().toBytes().length());
        assertThat(client.effects.takeFlushes()).hasSize(1);
    }

    @Test
    void bytesBehindAnSslRequestEndTheConnection() {
        var client = new TestClient(engine(ReplaySettings.DEFAULTS.withTls(true)));

        client.send(new SSLRequest(), startup());

        assertThat(client.effects.tls).isFalse();
        assertThat(client.effects.closed).isTrue();
    }

    @Test
    void whatIsNoStartupPacketIsDroppedWithoutAWord() {
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS);
        var client = new TestClient(engine).send(Bytes.utf8("GET / HTTP/1.1"));

        assertThat(client.effects.takeFlushes()).isEmpty();
        assertThat(client.effects.closed).isTrue();
        assertThat(engine.report().count(ConnectionOutcome.NO_LOGIN)).isEqualTo(1);
    }

    @Test
    void aStartupWithoutUserIsRefused() {
        var client = new TestClient(engine(ReplaySettings.DEFAULTS))
                .send(StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("database", "d")));

        assertThat(client.takeError().message()).isEqualTo("no PostgreSQL user name specified in startup packet");
    }

    @Test
    void aLoginThatTakesTooLongIsEnded() {
        ReplayEngine engine = engine(AuthenticationMethod.PASSWORD, null);
        var client = new TestClient(engine).send(startup());
        assertThat(client.effects.armed(ReplayTimer.LOGIN)).isTrue();

        client.connection.elapsed(ReplayTimer.LOGIN);

        assertThat(client.effects.closed).isTrue();
        assertThat(engine.report().text()).contains("no login within 60 s");
    }

    @Test
    void thePasswordIsChecked() {
        ReplayEngine engine = engine(AuthenticationMethod.PASSWORD, "alice");
        var right = new TestClient(engine).send(startup());
        assertThat(right.takeNames()).containsExactly("AuthenticationCleartextPassword");
        assertThat(right.send(new PasswordMessage("pencil")).takeNames()).startsWith("AuthenticationOk");

        var wrong = new TestClient(engine).send(startup());
        wrong.take();
        assertFailed(wrong.send(new PasswordMessage("crayon")));
        var empty = new TestClient(engine).send(startup());
        empty.take();
        assertThat(empty.send(new PasswordMessage("")).takeError().message())
                .isEqualTo("empty password returned by client");
    }

    private static void assertFailed(TestClient client) {
        var error = client.takeError();
        assertThat(error.severity()).isEqualTo("FATAL");
        assertThat(error.sqlState()).isEqualTo("28P01");
        assertThat(error.message()).isEqualTo("password authentication failed for user \"alice\"");
        assertThat(client.effects.closed).isTrue();
    }

    @Test
    void aRefusedLoginUsesUpNothingOfTheRecording() {
        ReplayEngine engine = engine(AuthenticationMethod.PASSWORD, null);
        for (int i = 0; i < 5; i++) {
            assertThat(new TestClient(engine)
                            .send(startup(), new PasswordMessage("crayon"))
                            .takeError()
                            .sqlState())
                    .isEqualTo("28P01");
        }

        assertThat(engine.report().unplayed()).hasSize(2);
        assertThat(engine.report().count(ConnectionOutcome.REFUSED)).isEqualTo(5);
    }

    @Test
    void anUnknownUserFailsLikeAWrongPassword() {
        var client = new TestClient(engine(AuthenticationMethod.PASSWORD, "bob")).send(startup());
        client.take();

        assertFailed(client.send(new PasswordMessage("pencil")));
    }

    @Test
    void md5IsCheckedWithAFreshSalt() {
        ReplayEngine engine = engine(AuthenticationMethod.MD5, null);
        var first = new TestClient(engine).send(startup());
        Bytes salt = first.takeOnly(AuthenticationMD5Password.class).salt();
        String answer = Md5Password.answer("alice", PASSWORD, salt.toArray());
        assertThat(first.send(new PasswordMessage(answer)).takeNames()).startsWith("AuthenticationOk");

        var second = new TestClient(engine).send(startup());
        assertThat(second.takeOnly(AuthenticationMD5Password.class).salt()).isNotEqualTo(salt);
        assertFailed(second.send(new PasswordMessage(answer)));
    }

    @Test
    void scramProvesBothSidesToEachOther() {
        var client = new TestClient(engine(AuthenticationMethod.SCRAM_SHA_256, null)).send(startup());
        assertThat(client.takeOnly(AuthenticationSASL.class).mechanisms()).containsExactly("SCRAM-SHA-256");

        assertThat(scram(client, ScramSha256Client.unbound("client-nonce"), PASSWORD))
                .isTrue();
    }

    @Test
    void scramWithAWrongPasswordIsRefused() {
        var client = new TestClient(engine(AuthenticationMethod.SCRAM_SHA_256, null)).send(startup());
        client.take();

        scram(client, ScramSha256Client.unbound("client-nonce"), "crayon".getBytes(StandardCharsets.UTF_8));

        assertFailed(client);
    }

    @Test
    void insideTlsScramIsBoundToTheCertificate() {
        ReplayEngine engine = engine(AuthenticationMethod.SCRAM_SHA_256, null);
        var client = inTls(engine);
        assertThat(client.takeOnly(AuthenticationSASL.class).mechanisms())
                .containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
        assertThat(scram(client, ScramSha256Client.bound("client-nonce", END_POINT.toArray()), PASSWORD))
                .isTrue();
    }

    @Test
    void aLoginBoundToAnotherCertificateIsRefused() {
        var client = inTls(engine(AuthenticationMethod.SCRAM_SHA_256, null));
        client.take();

        scram(client, ScramSha256Client.bound("client-nonce", PASSWORD), PASSWORD);

        assertThat(client.takeError().message()).isEqualTo("SCRAM channel binding check failed");
    }

    @Test
    void aClientWhoseOfferWasStruckOutIsWarned() {
        var client = inTls(engine(AuthenticationMethod.SCRAM_SHA_256, null));
        client.take();

        client.send(first(ScramSha256Client.bindingNotOffered("client-nonce")));

        assertThat(client.takeError().message()).isEqualTo("SCRAM channel binding negotiation error");
    }

    private static TestClient inTls(ReplayEngine engine) {
        var client = new TestClient(engine);
        client.connection.received(new SSLRequest().toBytes().toArray(), 0, 8);
        client.effects.takeFlushes();
        client.connection.tlsEstablished(END_POINT);
        return client.send(startup());
    }

    private static SASLInitialResponse first(ScramSha256Client scram) {
        return new SASLInitialResponse(scram.mechanism(), Bytes.wrap(scram.firstMessage()));
    }

    /** Goes through the exchange; tells whether the client was let in. */
    private static boolean scram(TestClient client, ScramSha256Client scram, byte[] password) {
        client.send(first(scram));
        byte[] question =
                client.takeOnly(AuthenticationSASLContinue.class).data().toArray();
        var challenge = scram.challenge(question, 10_000);
        var proof = challenge.answer(SaltedPassword.derive(password, challenge.salt(), challenge.iterations()));
        client.send(new SASLResponse(Bytes.wrap(proof.message())));
        if (client.effects.closed) {
            return false;
        }
        List<BackendMessage> came = client.take();
        proof.verify(((AuthenticationSASLFinal) came.get(0)).data().toArray());
        return came.get(1).name().equals("AuthenticationOk");
    }

    @Test
    void aQueryInsteadOfAPasswordIsRefused() {
        var client = new TestClient(engine(AuthenticationMethod.SCRAM_SHA_256, null)).send(startup());
        client.take();

        client.send(new Query("select 1"));

        assertThat(client.takeError().message()).isEqualTo("expected password response, got message type 81");
    }

    @Test
    void moreClientsThanAllowedAreTurnedAway() {
        ReplayEngine engine = engine(ReplaySettings.DEFAULTS.withConnectionsMax(1));
        var first = TestClient.loggedIn(engine, user("alice"));
        var second = TestClient.loggedIn(engine, user("alice"));
        assertThat(second.takeError().sqlState()).isEqualTo("53300");

        first.connection.endOfStream();
        assertThat(TestClient.loggedIn(engine, user("alice")).takeNames()).startsWith("AuthenticationOk");
    }

    @Test
    void aPasswordMethodNeedsAPassword() {
        assertThatThrownBy(() -> ReplaySettings.DEFAULTS.withAuthentication(AuthenticationMethod.MD5, null, ""))
                .hasMessage("Authentication by md5 needs a password");
    }
}
