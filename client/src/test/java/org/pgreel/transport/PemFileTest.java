package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PemFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"client.key, client-pkcs1.key", "client.key, client-encrypted.key", "ec.key, ec-sec1.key"})
    void everyFormOfAPrivateKeyHoldsTheSameKey(String plain, String other) throws Exception {
        assertThat(number(key(other, "opensesame"))).isEqualTo(number(key(plain, null)));
    }

    @ParameterizedTest
    @CsvSource({"client.key, RSA", "ec.key, EC", "ed25519.key, EdDSA"})
    void theAlgorithmOfAKeyIsFound(String file, String algorithm) throws Exception {
        assertThat(key(file, null).getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void certificatesComeInTheOrderOfTheFile() throws Exception {
        Path both = directory.resolve("both.crt");
        Files.writeString(
                both,
                "Leading text\n" + Files.readString(Certificates.file("server.crt"))
                        + Files.readString(Certificates.file("authority.crt")));

        assertThat(PemFile.read(both).certificates())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=localhost", "CN=PgReel test authority authority");
    }

    @Test
    void anEncryptedKeyNeedsItsPasswordAndNeverShowsIt() {
        assertThatThrownBy(() -> key("client-encrypted.key", null))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("no password was given");
        assertThatThrownBy(() -> key("client-encrypted.key", "swordfish"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("client-encrypted.key")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void aFileWithoutWhatIsSoughtIsNamed() {
        Path key = Certificates.file("server.key");
        Path certificate = Certificates.file("server.crt");
        assertThatThrownBy(() -> PemFile.read(key).certificates())
                .hasMessage(key + " holds no certificate in PEM form");
        assertThatThrownBy(() -> PemFile.read(certificate).privateKey(null))
                .hasMessageContaining(certificate + " holds no private key");
        assertThatThrownBy(() -> PemFile.read(directory.resolve("absent.crt"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void damagedKeysAreRefused() throws IOException {
        for (String label : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            for (String body : new String[] {"MAA=", "MIIB", "MAMCAQE=", "MIOBgYGB"}) {
                Path damaged = directory.resolve("damaged.key");
                Files.writeString(
                        damaged, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
                assertThatThrownBy(() -> PemFile.read(damaged).privateKey(null))
                        .as("%s %s", label, body)
                        .isInstanceOf(GeneralSecurityException.class);
            }
        }
    }

    /** Returns the secret number alone: the forms differ in whether they repeat the public key. */
    private static BigInteger number(PrivateKey key) {
        return key instanceof ECPrivateKey curve ? curve.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }

    private static PrivateKey key(String file, @Nullable String password) throws Exception {
        return PemFile.read(Certificates.file(file)).privateKey(password);
    }
}
