package org.pgreel.recorder.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MadeCertificateTest {

    @Test
    void theValidOneIsSignedByItselfForLoopback() throws Exception {
        List<X509Certificate> chain = MadeCertificate.forThisHost().chain();

        assertThat(chain).hasSize(1);
        chain.get(0).checkValidity();
        chain.get(0).verify(chain.get(0).getPublicKey());
        assertThat(names(chain.get(0))).containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void theExpiredOneIsAnAuthoritysThatStillIsValid() throws Exception {
        List<X509Certificate> chain = MadeCertificate.expired().chain();

        assertThatThrownBy(() -> chain.get(0).checkValidity()).isInstanceOf(CertificateExpiredException.class);
        chain.get(0).verify(chain.get(1).getPublicKey());
        assertThatCode(() -> chain.get(1).checkValidity()).doesNotThrowAnyException();
        assertThat(chain.get(1).getBasicConstraints()).isNotNegative();
    }

    @Test
    void theOtherHostsNamesNoHostOfThisServer() throws Exception {
        X509Certificate own = MadeCertificate.forAnotherHost().chain().get(0);

        own.checkValidity();
        assertThat(names(own)).containsExactly("elsewhere.example");
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }
}
