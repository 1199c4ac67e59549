package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.sasl;
import static org.pgreel.session.Messages.saslContinue;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.OAuthTokenProvider;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;

/** A login by token: who is asked for it and when, what is sent, and what a hostile server gets. */
class TokenLoginTest {

    private static final OAuthTokenProvider NEVER = request -> new CompletableFuture<>();

    private static SessionRig asked() {
        return SessionRig.with(options -> options.oauthToken(NEVER)).connected().receive(sasl("OAUTHBEARER"));
    }

    private static SessionRig given(String token) {
        SessionRig rig = asked();
        rig.core.tokenGiven(rig.effects.requested.get(0), token.toCharArray());
        return rig;
    }

    @Test
    void theTokenIsSentWhenItComes() {
        SessionRig rig = asked();
        assertThat(rig.effects.asked).contains("requestToken for alice at db.example:5432");
        assertThat(rig.effects.sentNames()).containsExactly("StartupMessage");

        char[] token = "t0ken".toCharArray();
        rig.core.tokenGiven(rig.effects.requested.get(0), token);
        assertThat(token).containsOnly('\0');
        SASLInitialResponse response = (SASLInitialResponse) rig.effects.sent.get(1);
        assertThat(response.mechanism()).isEqualTo("OAUTHBEARER");
        assertThat(Objects.requireNonNull(response.data()).text()).isEqualTo("n,,\u0001auth=Bearer t0ken\u0001\u0001");
        assertThat(response.toString()).doesNotContain("t0ken");
        rig.receive(new AuthenticationOk(), IDLE);
        assertThat(rig.heard).containsExactly("pgSessionConnected", "pgSessionAuthenticated", "pgTransactionStatus I");
    }

    @Test
    void aRefusalIsAnsweredByOneByteAndTheServersErrorIsTheReason() {
        SessionRig rig = given("t").receive(saslContinue("{\"status\":\"invalid_token\"}"));
        assertThat(((SASLResponse) rig.effects.sent.get(2)).data()).isEqualTo(Bytes.ofHex("01"));

        rig.receive(error("FATAL", "28000"));
        assertThat(rig.heard)
                .containsExactly(
                        "pgSessionConnected",
                        "pgSessionConnectionFailed InvalidAuthorizationSpecification",
                        "pgSessionShutdown ConnectionFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "{}", "{\"status\":7}"})
    void aRefusalThatIsNoJsonIsAViolation(String text) {
        SessionRig rig = given("t").receive(saslContinue(text));

        assertThat(rig.heard).contains("pgSessionConnectionFailed ProtocolViolation");
        assertThat(rig.effects.sentNames()).doesNotContain("SASLResponse");
    }

    @Test
    void whoeverLetsInWithoutATokenOrAfterARefusalIsNotBelieved() {
        assertThat(asked().receive(new AuthenticationOk()).heard)
                .contains("pgSessionConnectionFailed ProtocolViolation");
        assertThat(given("t").receive(saslContinue("{\"status\":\"x\"}"), new AuthenticationOk()).heard)
                .contains("pgSessionConnectionFailed ProtocolViolation");
        assertThat(given("t").receive(saslContinue("{\"status\":\"x\"}"), saslContinue("{\"status\":\"x\"}")).heard)
                .contains("pgSessionConnectionFailed ProtocolViolation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u0001\u0001host=x"})
    void aTokenThatIsNoneIsNotSent(String token) {
        SessionRig rig = given(token);

        assertThat(rig.heard).contains("pgSessionConnectionFailed AuthenticationMethodRejected");
        assertThat(rig.effects.sentNames()).containsExactly("StartupMessage", "Terminate");
    }

    @Test
    void whoeverShouldGiveItAndFailsOrIsNotThereFailsTheSession() {
        SessionRig rig = asked();
        rig.core.tokenFailed(rig.effects.requested.get(0), new IllegalStateException("s3cr3t"));
        assertThat(rig.heard).contains("pgSessionConnectionFailed AuthenticationMethodRejected");
        assertThat(rig.session.shutdownReason().orElseThrow().sentence())
                .contains("IllegalStateException")
                .doesNotContain("s3cr3t");

        SessionRig nobody = SessionRig.plain().connected().receive(sasl("OAUTHBEARER"));
        assertThat(nobody.session.shutdownReason().orElseThrow().sentence()).contains("oauthToken");
    }

    @Test
    void aTokenThatComesTooLateIsForgotten() {
        SessionRig rig = asked();
        rig.core.endOfStream();
        char[] token = "late".toCharArray();
        rig.core.tokenGiven(rig.effects.requested.get(0), token);

        assertThat(rig.effects.sentNames()).containsExactly("StartupMessage");
    }

    @ParameterizedTest
    @CsvSource({
        "PREFER, N, standard, AuthenticationMethodRejected",
        "REQUIRE, S, standard, AuthenticationMethodRejected",
        "VERIFY_CA, S, standard, asked",
        "VERIFY_FULL, S, standard, asked",
        "REQUIRE, S, oauth, asked",
        "PREFER, N, oauth, asked",
        "VERIFY_FULL, S, scram-sha-256, AuthenticationMethodRejected",
        "VERIFY_FULL, S, !oauth, AuthenticationMethodRejected"
    })
    void aTokenGoesToAVerifiedServerOnly(SslMode mode, char answer, String policy, String outcome) {
        RequireAuth required = policy.equals("standard") ? RequireAuth.standard() : RequireAuth.parse(policy);
        SessionRig rig = SessionRig.with(
                        options -> options.oauthToken(NEVER).sslMode(mode).requireAuth(required))
                .connected();
        rig.receive(new byte[] {(byte) answer});
        if (answer == 'S') {
            rig.core.tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", null));
        }
        rig.receive(sasl("OAUTHBEARER"));

        if (outcome.equals("asked")) {
            assertThat(rig.effects.requested).hasSize(1);
        } else {
            assertThat(rig.effects.requested).isEmpty();
            assertThat(rig.heard).contains("pgSessionConnectionFailed " + outcome);
        }
    }

    @Test
    void scramGoesFirst() {
        SessionRig rig = SessionRig.with(options -> options.oauthToken(NEVER))
                .connected()
                .receive(sasl("OAUTHBEARER", "SCRAM-SHA-256"));

        assertThat(((SASLInitialResponse) rig.effects.sent.get(1)).mechanism()).isEqualTo("SCRAM-SHA-256");
    }
}
