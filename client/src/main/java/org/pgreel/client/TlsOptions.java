package org.pgreel.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link ConnectOptions} ask of TLS; immutable, and {@link #toString()} shows no secret. */
public final class TlsOptions {

    private final SslMode mode;
    private final SslNegotiation negotiation;
    private final @Nullable Path rootCertificate;
    private final List<Path> revocationLists;
    private final @Nullable Path certificate;
    private final @Nullable Path key;
    private final @Nullable Supplier<char[]> keyPassword;
    private final SslCertMode certMode;
    private final boolean serverNameIndicated;
    private final TlsVersion oldest;
    private final TlsVersion newest;

    TlsOptions(TlsChoices<?> choices) {
        this.mode = choices.sslMode();
        this.negotiation = choices.sslNegotiation;
        this.rootCertificate = choices.sslRootCertificate;
        this.revocationLists = choices.sslRevocationLists;
        this.certificate = choices.sslCertificate;
        this.key = choices.sslKey;
        this.keyPassword = choices.sslPassword;
        this.certMode = choices.sslCertMode;
        this.serverNameIndicated = choices.sslSni;
        this.oldest = choices.sslMinProtocolVersion;
        this.newest = choices.sslMaxProtocolVersion;
    }

    /** Returns how much is asked of it. */
    public SslMode mode() {
        return mode;
    }

    /** Returns how it begins. */
    public SslNegotiation negotiation() {
        return negotiation;
    }

    /** Returns the file of trusted root certificates, PEM; empty for the platform's. */
    public Optional<Path> rootCertificate() {
        return Optional.ofNullable(rootCertificate);
    }

    /** Returns the files of revocation lists and the directories of such files; empty if none are asked. */
    public List<Path> revocationLists() {
        return revocationLists;
    }

    /** Returns the file of the client's certificate and its chain, PEM; empty if the client has none. */
    public Optional<Path> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** Returns the file of the certificate's key, PEM; given exactly if the certificate is. */
    public Optional<Path> key() {
        return Optional.ofNullable(key);
    }

    /** Asks for the key's password, which the caller may overwrite; empty if none was given. */
    public Optional<char[]> keyPassword() {
        return keyPassword == null
                ? Optional.empty()
                : Optional.of(keyPassword.get().clone());
    }

    /** Returns whether the certificate is shown. */
    public SslCertMode certMode() {
        return certMode;
    }

    /** Returns whether the host's name is told in the clear, so that a proxy may choose by it. */
    public boolean serverNameIndicated() {
        return serverNameIndicated;
    }

    /** Returns the oldest version that is spoken. */
    public TlsVersion oldest() {
        return oldest;
    }

    /** Returns the newest version that is spoken. */
    public TlsVersion newest() {
        return newest;
    }

    /** Returns the mode, the beginning and the files. */
    @Override
    public String toString() {
        return "TlsOptions[" + mode.word() + ", " + negotiation.word() + ", rootCertificate=" + rootCertificate
                + ", certificate=" + certificate + ", " + oldest.word() + " to " + newest.word() + "]";
    }
}
