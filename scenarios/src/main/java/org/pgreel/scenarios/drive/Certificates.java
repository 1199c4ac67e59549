package org.pgreel.scenarios.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.SslMode;
import org.pgreel.replay.server.ScriptServer;
import org.pgreel.scenarios.file.Certificate;

/** What the server of a run shows in a TLS handshake, and what our client trusts; its files go when it is closed. */
final class Certificates implements AutoCloseable {
    private final Certificate kind;
    private final List<Path> files = new ArrayList<>();

    Certificates(Certificate kind) {
        this.kind = kind;
    }

    /** Returns the builder, which shows the certificate. */
    ScriptServer.Builder shownBy(ScriptServer.Builder builder) {
        return builder.certificate(kind.shown());
    }

    /** Sets what our client trusts, if it looks at certificates. */
    void trustedBy(ConnectOptionsBuilder options, Wishes wishes, ScriptServer server) {
        boolean looks = wishes.sslMode().compareTo(SslMode.VERIFY_CA) >= 0;
        if (looks && kind != Certificate.UNKNOWN_CA && server.authority().isPresent()) {
            options.sslRootCertificate(pem(server.authority().get()));
        }
    }

    private Path pem(X509Certificate certificate) {
        try {
            Path file = Files.createTempFile("pgreel-scenario", ".pem");
            files.add(file);
            String text = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            return Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failed) {
                // It lies where temporary files lie, and holds nothing secret.
                file.toFile().deleteOnExit();
            }
        }
    }
}
