package org.pgreel.transport;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one connection asks of TLS. The files are read anew for every connection, so that a renewed certificate is
 * picked up without a restart.
 *
 * @param trust how far the server's certificate is believed
 * @param rootCertificates PEM file of trusted roots; {@code null} for the trust store of the Java runtime
 * @param certificate PEM file of the client's certificate, followed by its chain; {@code null} for none
 * @param key PEM file of the client certificate's private key; given exactly if {@code certificate} is
 * @param keyPassword password of an encrypted key; {@code null} for none
 */
record TlsSettings(
        TlsTrust trust,
        @Nullable Path rootCertificates,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String keyPassword) {

    TlsSettings {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key are given together or not at all");
        }
    }

    /** Returns the settings without the password. */
    @Override
    public String toString() {
        return "TlsSettings[trust=" + trust + ", rootCertificates=" + rootCertificates + ", certificate=" + certificate
                + ", key=" + key + "]";
    }
}
