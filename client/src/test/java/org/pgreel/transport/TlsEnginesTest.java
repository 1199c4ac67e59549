package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The upper rungs of the sslmode ladder against servers with good and bad certificates. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TlsEnginesTest {
    /** Rows: trust, root certificates, the server's certificate, the host asked for, what comes of it. */
    @ParameterizedTest
    @CsvSource({
        "ANY_CERTIFICATE,               , server,    localhost, established",
        "ANY_CERTIFICATE,               , elsewhere, localhost, established",
        "ANY_CERTIFICATE,               , expired,   localhost, established",
        "ANY_CERTIFICATE,               , ed25519,   localhost, established",
        "CHAIN,            authority.crt, server,    localhost, established",
        "CHAIN,            authority.crt, server,    192.0.2.1, established",
        "CHAIN,            authority.crt, elsewhere, localhost, established",
        "CHAIN,            authority.crt, expired,   localhost, refused",
        "CHAIN,            stranger.crt,  server,    localhost, refused",
        "CHAIN,                         , server,    localhost, refused",
        "CHAIN_AND_HOST,   authority.crt, server,    localhost, established",
        "CHAIN_AND_HOST,   authority.crt, server,    127.0.0.1, established",
        "CHAIN_AND_HOST,   authority.crt, server,    ::1,       established",
        "CHAIN_AND_HOST,   authority.crt, server,    [::1],     established",
        "CHAIN_AND_HOST,   authority.crt, server,    192.0.2.1, refused",
        "CHAIN_AND_HOST,   authority.crt, elsewhere, localhost, refused",
        "CHAIN_AND_HOST,   authority.crt, elsewhere, db.example.org, established",
        "CHAIN_AND_HOST,   stranger.crt,  server,    localhost, refused"
    })
    void theServerIsBelievedAsFarAsAsked(
            TlsTrust trust, @Nullable String roots, String server, String host, String outcome) throws Exception {
        Path rootFile = roots == null ? null : Certificates.file(roots);
        SSLEngine client = TlsEngines.begin(new TlsSettings(trust, rootFile, null, null, null), host, 5432);
        EnginePair pair = new EnginePair(client, EnginePair.server(server, null));

        if (outcome.equals("established")) {
            pair.shakeHands();
            assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
        } else {
            Throwable failure = catchThrowable(pair::shakeHands);
            assertThat(failure).isInstanceOf(SSLException.class);
            assertThat(TlsFailures.overIdentity(failure)).isTrue();
        }
    }

    @Test
    void tls12IsTheOldestProtocol() throws Exception {
        SSLEngine client = TlsEngines.begin(any(), "localhost", 5432);
        new EnginePair(client, EnginePair.server("server", null, "TLSv1.2")).shakeHands();
        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.2");

        SSLEngine old = EnginePair.server("server", null, "TLSv1.1");
        Throwable failure =
                catchThrowable(() -> new EnginePair(TlsEngines.begin(any(), "localhost", 5432), old).shakeHands());
        assertThat(failure).isInstanceOf(SSLException.class);
        assertThat(TlsFailures.overIdentity(failure)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.key", "client-pkcs1.key", "client-encrypted.key"})
    void theClientShowsItsCertificateToAServerThatAsks(String key) throws Exception {
        TlsSettings settings = new TlsSettings(
                TlsTrust.ANY_CERTIFICATE, null, Certificates.file("client.crt"), Certificates.file(key), "opensesame");
        SSLEngine server = EnginePair.server("server", Certificates.file("authority.crt"));
        new EnginePair(TlsEngines.begin(settings, "localhost", 5432), server).shakeHands();
        assertThat(server.getSession().getPeerPrincipal().getName()).isEqualTo("CN=reader");
    }

    @Test
    void theClientShowsItsCertificateAlsoWhenTheServerNamesOtherIssuers() throws Exception {
        TlsSettings settings = new TlsSettings(
                TlsTrust.ANY_CERTIFICATE, null, Certificates.file("client.crt"), Certificates.file("client.key"), null);
        SSLEngine server = EnginePair.server("server", Certificates.file("stranger.crt"));
        EnginePair pair = new EnginePair(TlsEngines.begin(settings, "localhost", 5432), server);
        assertThatThrownBy(pair::shakeHands).hasMessageNotContaining("Empty client certificate chain");
    }

    @Test
    void aMissingOrForeignRootFileIsNamed() {
        Path absent = Path.of("absent.crt");
        Path notACertificate = Certificates.file("server.key");
        assertThatThrownBy(() -> TlsEngines.begin(chain(absent), "localhost", 5432))
                .hasMessageContaining("absent.crt");
        assertThatThrownBy(() -> TlsEngines.begin(chain(notACertificate), "localhost", 5432))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("server.key holds no certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "revoking.crt,  revoking.crl,  kept,    established",
        "revoking.crt,  revoking.crl,  revoked, refused",
        "authority.crt, revoking.crl,  server,  refused"
    })
    void aCertificateThatItsIssuerHasTakenBackIsRefusedAndSoIsOneOfAnIssuerWithoutAList(
            String root, String list, String server, String outcome, @TempDir Path directory) throws Exception {
        Path file = Certificates.file(list);
        Files.copy(file, directory.resolve("5f2ab1c0.r0"));
        for (Path place : List.of(file, directory)) {
            TlsSettings settings = new TlsSettings(
                    TlsTrust.CHAIN_AND_HOST,
                    Certificates.file(root),
                    List.of(place),
                    null,
                    null,
                    null,
                    true,
                    List.of("TLSv1.3"));
            EnginePair pair =
                    new EnginePair(TlsEngines.begin(settings, "localhost", 5432), EnginePair.server(server, null));
            if (outcome.equals("established")) {
                pair.shakeHands();
            } else {
                Throwable failure = catchThrowable(pair::shakeHands);
                assertThat(failure).isInstanceOf(SSLException.class);
                assertThat(TlsFailures.overIdentity(failure)).isTrue();
            }
        }
    }

    @Test
    void aFileThatIsNoRevocationListIsNamed(@TempDir Path empty) {
        assertThatThrownBy(() -> RevocationLists.read(List.of(Certificates.file("server.crt"))))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("server.crt holds no revocation list");
        assertThatThrownBy(() -> RevocationLists.read(List.of(empty)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("there is no revocation list in [" + empty);
    }

    @ParameterizedTest
    @CsvSource({"rw-------, true", "r--------, true", "rw-r-----, root", "rw----r--, false", "rw--w----, false"})
    void aKeyThatOthersMayReadIsRefused(String rights, String allowed, @TempDir Path directory) throws Exception {
        Path key = Files.copy(Certificates.file("client.key"), directory.resolve("own.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(rights));
        boolean ofRoot = Files.getAttribute(key, "unix:uid").equals(0);
        TlsSettings settings =
                new TlsSettings(TlsTrust.ANY_CERTIFICATE, null, Certificates.file("client.crt"), key, null);

        if (allowed.equals("true") || allowed.equals("root") && ofRoot) {
            assertThat(TlsEngines.begin(settings, "localhost", 5432)).isNotNull();
        } else {
            assertThatThrownBy(() -> TlsEngines.begin(settings, "localhost", 5432))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessage("the private key " + key + " is open to others than its owner: run chmod 0600 on it"
                            + " (0640 is allowed if root owns it)");
        }
    }

    @Test
    void settingsNeverShowThePasswordOfTheKey() {
        assertThat(new TlsSettings(TlsTrust.CHAIN, null, null, null, "opensesame").toString())
                .doesNotContain("opensesame");
    }

    private static TlsSettings any() {
        return new TlsSettings(TlsTrust.ANY_CERTIFICATE, null, null, null, null);
    }

    private static TlsSettings chain(Path roots) {
        return new TlsSettings(TlsTrust.CHAIN, roots, null, null, null);
    }
}
