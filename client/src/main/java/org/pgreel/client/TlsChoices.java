package org.pgreel.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link ConnectOptionsBuilder} that says what is asked of TLS.
 *
 * @param <B> the builder
 */
abstract class TlsChoices<B extends TlsChoices<B>> extends RouteChoices<B> {

    @Nullable
    SslMode sslMode;

    SslNegotiation sslNegotiation = SslNegotiation.POSTGRES;
    boolean sslSystemRoots;

    @Nullable
    Path sslRootCertificate;

    List<Path> sslRevocationLists = List.of();

    @Nullable
    Path sslCertificate;

    @Nullable
    Path sslKey;

    @Nullable
    Supplier<char[]> sslPassword;

    SslCertMode sslCertMode = SslCertMode.ALLOW;
    boolean sslSni = true;
    TlsVersion sslMinProtocolVersion = TlsVersion.V1_2;
    TlsVersion sslMaxProtocolVersion = TlsVersion.V1_3;

    TlsChoices() {}

    /** Returns the mode that was set, or the standard; the platform's trust store, asked for by name, changes that. */
    SslMode sslMode() {
        return sslMode != null ? sslMode : sslSystemRoots ? SslMode.VERIFY_FULL : SslMode.PREFER;
    }

    /** Sets how much is asked of TLS; the standard is {@link SslMode#PREFER}. */
    public B sslMode(SslMode mode) {
        this.sslMode = Objects.requireNonNull(mode, "mode");
        return self();
    }

    /** Sets the file of trusted root certificates, PEM; the standard is the platform's trust store. */
    public B sslRootCertificate(Path file) {
        this.sslRootCertificate = Objects.requireNonNull(file, "file");
        this.sslSystemRoots = false;
        return self();
    }

    /**
     * Sets the lists of certificates that their issuers have taken back, PEM or DER: files, or directories of files. Each
     * certificate of the server's chain is then looked for in its issuer's list, and refused if there is none.
     */
    public B sslRevocationLists(List<Path> filesAndDirectories) {
        this.sslRevocationLists = List.copyOf(filesAndDirectories);
        return self();
    }

    /** Sets the client's certificate with its chain, and its key, both PEM. */
    public B sslCertificate(Path certificate, Path key) {
        this.sslCertificate = Objects.requireNonNull(certificate, "certificate");
        this.sslKey = Objects.requireNonNull(key, "key");
        return self();
    }

    /**
     * Trusts what the platform's trust store trusts ({@code sslrootcert=system}): many sign for many hosts there, so the
     * mode is {@link SslMode#VERIFY_FULL} and may be no weaker.
     */
    public B sslSystemRootCertificates() {
        this.sslRootCertificate = null;
        this.sslSystemRoots = true;
        return self();
    }

    /** Sets how TLS begins; the standard is {@link SslNegotiation#POSTGRES}. */
    public B sslNegotiation(SslNegotiation negotiation) {
        this.sslNegotiation = Objects.requireNonNull(negotiation, "negotiation");
        return self();
    }

    /** Sets whether the client shows its certificate; the standard is {@link SslCertMode#ALLOW}. */
    public B sslCertMode(SslCertMode mode) {
        this.sslCertMode = Objects.requireNonNull(mode, "mode");
        return self();
    }

    /** Sets where the password of the client's key comes from; asked on the session's event loop for each connection. */
    public B sslPassword(Supplier<char[]> password) {
        this.sslPassword = Objects.requireNonNull(password, "password");
        return self();
    }

    /** Sets whether the host's name is told in the clear (SNI), as proxies need it; the standard is true. */
    public B sslSni(boolean told) {
        this.sslSni = told;
        return self();
    }

    /** Sets the oldest version of TLS that is spoken; the standard is 1.2. */
    public B sslMinProtocolVersion(TlsVersion version) {
        this.sslMinProtocolVersion = Objects.requireNonNull(version, "version");
        return self();
    }

    /** Sets the newest version of TLS that is spoken; the standard is 1.3. */
    public B sslMaxProtocolVersion(TlsVersion version) {
        this.sslMaxProtocolVersion = Objects.requireNonNull(version, "version");
        return self();
    }

    private boolean verifiesChain(SslMode mode) {
        return mode.compareTo(SslMode.VERIFY_CA) >= 0 || (sslRootCertificate != null && mode != SslMode.DISABLE);
    }

    /**
     * Returns what was chosen.
     *
     * @throws IllegalArgumentException if two choices contradict each other
     */
    TlsOptions tls() {
        SslMode mode = sslMode();
        if (sslSystemRoots && mode != SslMode.VERIFY_FULL) {
            throw new IllegalArgumentException("sslmode " + mode.word()
                    + " is too weak for sslrootcert=system, where many sign for many hosts: use verify-full");
        }
        if (sslNegotiation == SslNegotiation.DIRECT && !mode.demandsTls()) {
            throw new IllegalArgumentException("sslmode " + mode.word()
                    + " is too weak for sslnegotiation=direct, which has no plaintext: use require or a stricter one");
        }
        if (!sslRevocationLists.isEmpty() && !verifiesChain(mode)) {
            throw new IllegalArgumentException("sslmode " + mode.word()
                    + " without a root certificate verifies nothing, so revocation lists (sslcrl, sslcrldir) would protect nobody:"
                    + " use verify-full, or give sslrootcert");
        }
        if (sslCertMode == SslCertMode.REQUIRE && sslCertificate == null) {
            throw new IllegalArgumentException("sslcertmode require needs a certificate: give sslcert and sslkey");
        }
        if (sslMinProtocolVersion.compareTo(sslMaxProtocolVersion) > 0) {
            throw new IllegalArgumentException("ssl_min_protocol_version is above ssl_max_protocol_version");
        }
        return new TlsOptions(this);
    }
}
