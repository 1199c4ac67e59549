package org.pgreel.protocol.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of the exchange, against the vector of RFC 7677 and against each other. */
class ScramSha256Test {

    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST = "r=" + NONCE + SERVER_NONCE + ",s=" + SALT + ",i=4096";
    private static final byte[] END_POINT = {1, 2, 3, 4};

    @Test
    void theVectorOfRfc7677IsMet() {
        byte[] salted = SaltedPassword.derive(
                "pencil".getBytes(UTF_8), Base64.getDecoder().decode(SALT), 4096);
        byte[] clientKey = ScramKeys.clientKey(salted);
        String authMessage = "n=user,r=" + NONCE + "," + SERVER_FIRST + ",c=biws,r=" + NONCE + SERVER_NONCE;

        byte[] proof = ScramKeys.xor(clientKey, ScramKeys.signature(ScramKeys.storedKey(clientKey), authMessage));
        byte[] signature = ScramKeys.signature(ScramKeys.serverKey(salted), authMessage);

        assertThat(base64(proof)).isEqualTo("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(base64(signature)).isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void withoutAUserNameTheVectorOfTheDriverIsMet() {
        ScramSha256Client.Challenge challenge =
                ScramSha256Client.unbound(NONCE).challenge(SERVER_FIRST.getBytes(UTF_8), 4096);
        ScramSha256Client.Proof proof = challenge.answer(
                SaltedPassword.derive("pencil".getBytes(UTF_8), challenge.salt(), challenge.iterations()));

        assertThat(new String(proof.message(), UTF_8)).endsWith(",p=qvT2SWdEH5Q06albL+hjSYuUhCG7VndFyzIb7CK4n9k=");
        proof.verify("v=3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOg=".getBytes(UTF_8));
    }

    @Test
    void anEmptyPasswordCanBeDerivedFrom() {
        assertThat(SaltedPassword.derive(new byte[0], new byte[] {1}, 2)).hasSize(SaltedPassword.LENGTH);
    }

    @Test
    void clientAndServerOfTheSamePasswordAgree() {
        exchange(ScramSha256Client.unbound(NONCE), ScramSha256Server.unbound(credential("pencil"), "xyz"), "pencil");
        exchange(
                ScramSha256Client.bindingNotOffered(NONCE),
                ScramSha256Server.unbound(credential("pencil"), "xyz"),
                "pencil");
        exchange(
                ScramSha256Client.bound(NONCE, END_POINT),
                ScramSha256Server.withBinding(credential("pencil"), "xyz", END_POINT),
                "pencil");
        exchange(
                ScramSha256Client.unbound(NONCE),
                ScramSha256Server.withBinding(credential("\u2168"), "xyz", END_POINT),
                "IX");
    }

    @Test
    void aClientWithAnotherPasswordIsFoundOut() {
        assertThat(failureOf(
                        ScramSha256Client.unbound(NONCE),
                        ScramSha256Server.unbound(credential("pencil"), "xyz"),
                        "pencil2"))
                .isEqualTo(ScramException.Kind.PROOF);
    }

    @Test
    void aClientBoundToAnotherCertificateIsFoundOut() {
        assertThat(failureOf(
                        ScramSha256Client.bound(NONCE, new byte[] {9}),
                        ScramSha256Server.withBinding(credential("pencil"), "xyz", END_POINT),
                        "pencil"))
                .isEqualTo(ScramException.Kind.CHANNEL_BINDING);
    }

    @Test
    void anOfferOfBindingThatWasStruckOutOnTheWayIsFoundOut() {
        assertThat(failureOf(
                        ScramSha256Client.bindingNotOffered(NONCE),
                        ScramSha256Server.withBinding(credential("pencil"), "xyz", END_POINT),
                        "pencil"))
                .isEqualTo(ScramException.Kind.CHANNEL_BINDING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-1|n,,n=,r=abc|MALFORMED",
                "SCRAM-SHA-256-PLUS|n,,n=,r=abc|CHANNEL_BINDING",
                "SCRAM-SHA-256|p=tls-server-end-point,,n=,r=abc|CHANNEL_BINDING",
                "SCRAM-SHA-256-PLUS|p=tls-unique,,n=,r=abc|MALFORMED",
                "SCRAM-SHA-256|n,a=other,n=,r=abc|MALFORMED",
                "SCRAM-SHA-256|n,,m=ext,n=,r=abc|MALFORMED",
                "SCRAM-SHA-256|n,,r=abc|MALFORMED",
                "SCRAM-SHA-256|n,,n=,r=|NONCE",
                "SCRAM-SHA-256|x,,n=,r=abc|MALFORMED",
            })
    void aServerRefusesAClientFirstThatItMust(String mechanism, String clientFirst, ScramException.Kind kind) {
        ScramSha256Server server = ScramSha256Server.withBinding(credential("pencil"), "xyz", END_POINT);

        assertThatExceptionOfType(ScramException.class)
                .isThrownBy(() -> server.challenge(mechanism, clientFirst.getBytes(UTF_8)))
                .extracting(ScramException::kind)
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r=badnonce,s=c2FsdA==,i=4096|NONCE",
                "r=rOprNGfwEbeRWgbNEkqO,s=c2FsdA==,i=4096|NONCE",
                "s=c2FsdA==,i=4096|MALFORMED",
                "r=rOprNGfwEbeRWgbNEkqO!,s=,i=4096|SALT",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA,i=4096|SALT",
                "r=rOprNGfwEbeRWgbNEkqO!,s=*,i=4096|SALT",
                "r=rOprNGfwEbeRWgbNEkqO!,i=4096|MALFORMED",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==|MALFORMED",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=notanumber|ITERATIONS",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=|ITERATIONS",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=0|ITERATIONS",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=-1|ITERATIONS",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=100001|ITERATIONS",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=4294967295|ITERATIONS",
                "r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=99999999999999999999|ITERATIONS",
                "m=ext,r=rOprNGfwEbeRWgbNEkqO!,s=c2FsdA==,i=4096|MALFORMED",
            })
    void aClientRefusesAServerFirstThatItMust(String serverFirst, ScramException.Kind kind) {
        assertThatExceptionOfType(ScramException.class)
                .isThrownBy(() -> ScramSha256Client.unbound(NONCE)
                        .challenge(serverFirst.getBytes(UTF_8), ScramSha256.ITERATIONS_MAX))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("c2FsdA"));
    }

    @Test
    void asManyIterationsAsTheLimitAllowsAreAccepted() {
        assertThat(ScramSha256Client.unbound(NONCE)
                        .challenge((SERVER_FIRST + ",x=extension").getBytes(UTF_8), 4096)
                        .iterations())
                .isEqualTo(4096);
    }

    @Test
    void aMessageLongerThanAnyHonestOneIsRefused() {
        String serverFirst = "r=" + NONCE + "x".repeat(5000) + ",s=c2FsdA==,i=4096";

        assertThatExceptionOfType(ScramException.class)
                .isThrownBy(() -> ScramSha256Client.unbound(NONCE).challenge(serverFirst.getBytes(UTF_8), 4096))
                .extracting(ScramException::kind)
                .isEqualTo(ScramException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "e=invalid-proof|SERVER_ERROR",
                "garbage-without-v-prefix|MALFORMED",
                "v=*|SIGNATURE",
                "v=c29tZWRhdGE=|SIGNATURE",
                "v=|SIGNATURE",
                "v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=|SIGNATURE",
            })
    void aClientRefusesAServerFinalThatItMust(String serverFinal, ScramException.Kind kind) {
        ScramSha256Client.Proof proof = ScramSha256Client.unbound(NONCE)
                .challenge(SERVER_FIRST.getBytes(UTF_8), 4096)
                .answer(new byte[SaltedPassword.LENGTH]);

        assertThatExceptionOfType(ScramException.class)
                .isThrownBy(() -> proof.verify(serverFinal.getBytes(UTF_8)))
                .extracting(ScramException::kind)
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "with blank", "\u00E9"})
    void aNonceThatCannotTravelIsRefused(String nonce) {
        assertThatIllegalArgumentException().isThrownBy(() -> ScramSha256Client.unbound(nonce));
    }

    @Test
    void aCredentialShowsNoneOfItsKeys() {
        assertThat(credential("pencil")).hasToString("SCRAM-SHA-256 credential of 16 iterations");
    }

    private static ScramCredential credential(String password) {
        return ScramCredential.of(password, new byte[] {5, 6, 7}, 16);
    }

    private static ScramException.Kind failureOf(ScramSha256Client client, ScramSha256Server server, String password) {
        return catchThrowableOfType(ScramException.class, () -> exchange(client, server, password))
                .kind();
    }

    private static void exchange(ScramSha256Client client, ScramSha256Server server, String password) {
        ScramSha256Server.Challenge asked = server.challenge(client.mechanism(), client.firstMessage());
        ScramSha256Client.Challenge heard = client.challenge(asked.message(), 16);
        ScramSha256Client.Proof proof =
                heard.answer(SaltedPassword.derive(SaslPrep.passwordBytes(password), heard.salt(), heard.iterations()));
        proof.verify(asked.verify(proof.message()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
