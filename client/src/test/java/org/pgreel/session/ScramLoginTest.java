package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.SERVER_NONCE;
import static org.pgreel.session.Messages.credential;
import static org.pgreel.session.Messages.sasl;
import static org.pgreel.session.Messages.saslContinue;
import static org.pgreel.session.Messages.saslFinal;
import static org.pgreel.session.Messages.scramOffered;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.AuthenticationMethod;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.session.Messages.ScramServer;

/** Logins by SCRAM-SHA-256 against a server that really checks. */
class ScramLoginTest {

    private static final Bytes END_POINT = Bytes.ofHex("0102030405060708");
    private static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", END_POINT);
    private static final TlsSession TLS_WITHOUT_HASH = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", null);

    @Test
    void aLoginIsWordForWordTheManuals() {
        SessionRig rig = SessionRig.plain().connected().receive(scramOffered());
        ScramServer server = ScramServer.unbound(initial(rig));

        rig.receive(server.challenge());
        rig.receive(server.signature(proof(rig)), new AuthenticationOk(), Messages.IDLE);

        assertThat(rig.heard).containsExactly("pgSessionConnected", "pgSessionAuthenticated", "pgTransactionStatus I");
        assertThat(initial(rig).mechanism()).isEqualTo("SCRAM-SHA-256");
        assertThat(initial(rig).data()).isEqualTo(Bytes.utf8("n,,n=,r=" + Messages.CLIENT_NONCE));
    }

    @Test
    void insideTlsTheLoginIsBoundIfTheServerOffersIt() {
        SessionRig rig = insideTls(TLS, ChannelBinding.PREFER).receive(sasl("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"));
        ScramServer server = withBinding(rig);

        rig.receive(server.challenge());
        rig.receive(server.signature(proof(rig)), new AuthenticationOk(), Messages.IDLE);

        assertThat(initial(rig).mechanism()).isEqualTo("SCRAM-SHA-256-PLUS");
        assertThat(rig.heard).endsWith("pgSessionAuthenticated", "pgTransactionStatus I");
    }

    @Test
    void insideTlsTheClientSaysThatItCouldHaveBound() {
        SessionRig rig = insideTls(TLS, ChannelBinding.PREFER).receive(scramOffered());

        assertThat(Objects.requireNonNull(initial(rig).data()).text()).startsWith("y,,");
    }

    @Test
    void withoutBindingTheClientSaysThatItCannot() {
        SessionRig disabled =
                insideTls(TLS, ChannelBinding.DISABLE).receive(sasl("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"));
        SessionRig noHash =
                insideTls(TLS_WITHOUT_HASH, ChannelBinding.PREFER).receive(sasl("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"));

        assertThat(Objects.requireNonNull(initial(disabled).data()).text()).startsWith("n,,");
        assertThat(Objects.requireNonNull(initial(noHash).data()).text()).startsWith("n,,");
    }

    @Test
    void aBindingThatIsRequiredIsNeverGivenUp() {
        assertThat(refusal(insideTls(TLS, ChannelBinding.REQUIRE), scramOffered()))
                .isEqualTo("AuthenticationMethodRejected");
        assertThat(refusal(
                        insideTls(TLS_WITHOUT_HASH, ChannelBinding.REQUIRE),
                        sasl("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")))
                .isEqualTo("AuthenticationMethodRejected");
        assertThat(refusal(insideTls(TLS, ChannelBinding.REQUIRE), new AuthenticationCleartextPassword()))
                .isEqualTo("AuthenticationMethodRejected");
        assertThat(refusal(insideTls(TLS, ChannelBinding.REQUIRE), new AuthenticationOk()))
                .as("CVE-2025-49146: no authentication at all")
                .isEqualTo("AuthenticationMethodRejected");
    }

    @Test
    void aServerThatLetsTheClientInWithoutSigningIsRefused() {
        SessionRig rig = SessionRig.plain().connected().receive(scramOffered());
        ScramServer server = ScramServer.unbound(initial(rig));

        rig.receive(server.challenge());
        rig.receive(new AuthenticationOk(), Messages.IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionConnectionFailed ServerVerificationFailed",
                        "pgSessionShutdown ConnectionFailed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "garbage-without-v-prefix",
                "e=other-error",
                "v=",
                ""
            })
    void aWrongSignatureIsRefusedWhateverFollows(String serverFinal) {
        SessionRig rig = SessionRig.plain().connected().receive(scramOffered());
        ScramServer server = ScramServer.unbound(initial(rig));
        rig.receive(server.challenge());

        assertThat(refusal(rig, saslFinal(serverFinal), new AuthenticationOk(), Messages.IDLE))
                .isEqualTo("ServerVerificationFailed");
    }

    @Test
    void aSecondChallengeIsRefusedAlsoWhileTheKeyIsDerived() {
        SessionRig rig = SessionRig.plain();
        rig.effects.holdKeys = true;
        rig.connected().receive(scramOffered());
        ScramServer server = ScramServer.unbound(initial(rig));
        byte[] twice = SessionRig.bytesOf(server.challenge(), server.challenge());

        rig.core.received(twice, 0, twice.length);

        assertThat(rig.heard).contains("pgSessionConnectionFailed ServerVerificationFailed");
        rig.core.keyDerived(new byte[32]);
        assertThat(rig.effects.sentNames()).containsExactly("StartupMessage", "SASLInitialResponse", "Terminate");
    }

    @Test
    void aSignatureBeforeTheProofIsRefusedAlsoWhileTheKeyIsDerived() {
        SessionRig rig = SessionRig.plain();
        rig.effects.holdKeys = true;
        rig.connected().receive(scramOffered());
        ScramServer server = ScramServer.unbound(initial(rig));
        byte[] early = SessionRig.bytesOf(server.challenge(), saslFinal("v=c29tZWRhdGE="));

        rig.core.received(early, 0, early.length);

        assertThat(rig.heard).contains("pgSessionConnectionFailed ServerVerificationFailed");
    }

    @Test
    void aKeyThatCannotBeDerivedFailsTheSession() {
        SessionRig rig = SessionRig.plain();
        rig.effects.holdKeys = true;
        rig.connected().receive(scramOffered());
        rig.receive(ScramServer.unbound(initial(rig)).challenge());

        rig.core.keyDerivationFailed(new IllegalStateException("no such algorithm"));

        assertThat(rig.heard).contains("pgSessionConnectionFailed ServerVerificationFailed");
    }

    @Test
    void theLimitOfIterationsIsAnOption() {
        SessionRig rig =
                SessionRig.with(o -> o.scramIterationsMax(10)).connected().receive(scramOffered());

        assertThat(refusal(rig, saslContinue("r=" + Messages.CLIENT_NONCE + "x,s=c2FsdA==,i=11")))
                .isEqualTo("ServerVerificationFailed");
    }

    @ParameterizedTest
    @EnumSource(
            value = AuthenticationMethod.class,
            names = {"PASSWORD", "MD5", "SCRAM_SHA_256"})
    void withoutAPasswordTheFailureSaysSo(AuthenticationMethod method) {
        ConnectOptions options = ConnectOptions.builder()
                .user("alice")
                .sslMode(SslMode.DISABLE)
                .requireAuth(RequireAuth.any())
                .build();
        SessionRig rig = SessionRig.of(options).connected();
        BackendMessage request = switch (method) {
            case PASSWORD -> new AuthenticationCleartextPassword();
            case MD5 -> new AuthenticationMD5Password(Bytes.ofHex("01020304"));
            default -> scramOffered();
        };

        assertThat(refusal(rig, request)).isEqualTo("AuthenticationMethodRejected");
        assertThat(rig.session.shutdownReason().orElseThrow().sentence()).contains("none was given");
    }

    @Test
    void aPasswordThatCannotBeFetchedFailsTheSessionWithoutItsMessage() {
        SessionRig rig = SessionRig.with(o -> o.password(() -> {
                    throw new IllegalStateException("secret vault token");
                }))
                .connected();

        assertThat(refusal(rig, scramOffered())).isEqualTo("AuthenticationMethodRejected");
        assertThat(rig.session.shutdownReason().orElseThrow().sentence()).doesNotContain("token");
    }

    private static SessionRig insideTls(TlsSession tls, ChannelBinding binding) {
        SessionRig rig = SessionRig.with(o -> o.sslMode(SslMode.REQUIRE).channelBinding(binding))
                .connected()
                .receive(new byte[] {'S'});
        rig.core.tlsEstablished(tls);
        return rig;
    }

    private static ScramServer withBinding(SessionRig rig) {
        return new ScramServer(
                ScramSha256Server.withBinding(credential(), SERVER_NONCE, END_POINT.toArray()), initial(rig));
    }

    private static SASLInitialResponse initial(SessionRig rig) {
        return rig.effects.sent.stream()
                .filter(SASLInitialResponse.class::isInstance)
                .map(SASLInitialResponse.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static SASLResponse proof(SessionRig rig) {
        return (SASLResponse) rig.effects.sent.get(rig.effects.sent.size() - 1);
    }

    private static String refusal(SessionRig rig, BackendMessage... messages) {
        byte[] bytes = SessionRig.bytesOf(messages);
        rig.core.received(bytes, 0, bytes.length);
        assertThat(rig.heard).endsWith("pgSessionShutdown ConnectionFailed").doesNotContain("pgSessionAuthenticated");
        return rig.heard.get(rig.heard.size() - 2).substring("pgSessionConnectionFailed ".length());
    }
}
