package org.pgreel.client;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link ConnectOptionsBuilder} that says what is asked of TLS.
 *
 * @param <B> the builder
 */
abstract class TlsChoices<B extends TlsChoices<B>> extends RouteChoices<B> {

    SslMode sslMode = SslMode.PREFER;

    @Nullable
    Path sslRootCertificate;

    @Nullable
    Path sslCertificate;

    @Nullable
    Path sslKey;

    TlsChoices() {}

    /** Sets how much is asked of TLS; the standard is {@link SslMode#PREFER}. */
    public B sslMode(SslMode mode) {
        this.sslMode = Objects.requireNonNull(mode, "mode");
        return self();
    }

    /** Sets the file of trusted root certificates, PEM; the standard is the platform's trust store. */
    public B sslRootCertificate(Path file) {
        this.sslRootCertificate = Objects.requireNonNull(file, "file");
        return self();
    }

    /** Sets the client's certificate with its chain, and its key, both PEM. */
    public B sslCertificate(Path certificate, Path key) {
        this.sslCertificate = Objects.requireNonNull(certificate, "certificate");
        this.sslKey = Objects.requireNonNull(key, "key");
        return self();
    }
}
