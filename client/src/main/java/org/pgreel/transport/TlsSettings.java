package org.pgreel.transport;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslCertMode;
import org.pgreel.client.TlsOptions;
import org.pgreel.client.TlsVersion;

/**
 * What one connection asks of TLS. The files are read anew for every connection, so that a renewed certificate is
 * picked up without a restart.
 *
 * @param trust how far the server's certificate is believed
 * @param rootCertificates PEM file of trusted roots; {@code null} for the trust store of the Java runtime
 * @param revocationLists files of revocation lists and directories of such files; empty if none are asked
 * @param certificate PEM file of the client's certificate, followed by its chain; {@code null} for none
 * @param key PEM file of the client certificate's private key; given exactly if {@code certificate} is
 * @param keyPassword password of an encrypted key; {@code null} for none
 * @param serverNameIndicated whether the host is told in the clear
 * @param protocols the versions of TLS, by their names in Java
 */
record TlsSettings(
        TlsTrust trust,
        @Nullable Path rootCertificates,
        List<Path> revocationLists,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String keyPassword,
        boolean serverNameIndicated,
        List<String> protocols) {

    private static final List<String> EVERY_VERSION =
            Stream.of(TlsVersion.values()).map(TlsVersion::word).toList();

    /** With the host's name in the clear and every version. */
    TlsSettings(
            TlsTrust trust,
            @Nullable Path rootCertificates,
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable String keyPassword) {
        this(trust, rootCertificates, List.of(), certificate, key, keyPassword, true, EVERY_VERSION);
    }

    TlsSettings {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key are given together or not at all");
        }
    }

    /**
     * Returns what the options ask for. As with libpq, a root certificate that is given is used also where the mode
     * alone would not ask for it.
     */
    static TlsSettings of(TlsOptions tls) {
        TlsTrust trust = switch (tls.mode()) {
            case VERIFY_FULL -> TlsTrust.CHAIN_AND_HOST;
            case VERIFY_CA -> TlsTrust.CHAIN;
            case REQUIRE, PREFER, DISABLE ->
                tls.rootCertificate().isPresent() ? TlsTrust.CHAIN : TlsTrust.ANY_CERTIFICATE;
        };
        boolean shown = tls.certMode() != SslCertMode.DISABLE;
        return new TlsSettings(
                trust,
                tls.rootCertificate().orElse(null),
                tls.revocationLists(),
                shown ? tls.certificate().orElse(null) : null,
                shown ? tls.key().orElse(null) : null,
                shown ? tls.keyPassword().map(String::new).orElse(null) : null,
                tls.serverNameIndicated(),
                EnumSet.range(tls.oldest(), tls.newest()).stream()
                        .map(TlsVersion::word)
                        .toList());
    }

    /** Returns the settings without the password. */
    @Override
    public String toString() {
        return "TlsSettings[trust=" + trust + ", rootCertificates=" + rootCertificates + ", certificate=" + certificate
                + ", key=" + key + "]";
    }
}
