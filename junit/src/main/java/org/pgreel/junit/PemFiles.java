package org.pgreel.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Certificates in files, as drivers want them; the files go when the JVM ends. */
final class PemFiles {
    private static final int LINE = 64;
    private static final Map<X509Certificate, Path> FILES = new ConcurrentHashMap<>();

    private PemFiles() {}

    /** Returns the file that holds the certificate. */
    static Path of(X509Certificate certificate) {
        return FILES.computeIfAbsent(certificate, PemFiles::written);
    }

    private static Path written(X509Certificate certificate) {
        try {
            Path file = Files.createTempFile("pgreel-certificate", ".pem");
            file.toFile().deleteOnExit();
            String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            String pem = "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
            return Files.write(file, pem.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
