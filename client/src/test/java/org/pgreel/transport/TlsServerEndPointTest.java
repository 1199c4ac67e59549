package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5929, section 4.1, over one certificate of each kind of signature. */
final class TlsServerEndPointTest {
    @ParameterizedTest
    @CsvSource({
        "md5-rsa.crt, SHA-256",
        "sha1-rsa.crt, SHA-256",
        "server.crt, SHA-256",
        "sha256-ecdsa.crt, SHA-256",
        "sha384-ecdsa.crt, SHA-384",
        "sha384-pss.crt, SHA-384",
        "sha512-rsa.crt, SHA-512"
    })
    void theHashIsThatOfTheSignatureButNeverWeakerThanSha256(String file, String hash) throws Exception {
        X509Certificate certificate = certificate(file);
        assertThat(TlsServerEndPoint.of(certificate))
                .hasValue(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519.crt", "ed448.crt"})
    void aSignatureWithoutOneHashGivesNoBinding(String file) throws Exception {
        assertThat(TlsServerEndPoint.of(certificate(file))).isEmpty();
    }

    @Test
    void theHashMatchesThatOfOpenssl() throws Exception {
        // openssl x509 -in sha384-ecdsa.crt -outform DER | openssl dgst -sha384
        assertThat(TlsServerEndPoint.of(certificate("sha384-ecdsa.crt")).orElseThrow())
                .asHexString()
                .isEqualToIgnoringCase("fd3402f7447aebcfecff08c390641d013bac9b496513de5720de722902e21c9d"
                        + "dc8a251fe5f743b73379cc39f71c369f");
    }

    private static X509Certificate certificate(String file) throws Exception {
        return PemFile.read(Certificates.file(file)).certificates().get(0);
    }
}
