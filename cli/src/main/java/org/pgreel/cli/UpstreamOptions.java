package org.pgreel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A real server behind this program, and what is asked of TLS on the leg to it, by libpq's names. */
final class UpstreamOptions {

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description =
                    "The server to connect to; DIRECTORY:PORT for its Unix domain socket, such as /run/postgresql:5432.")
    HostAndPort address = new HostAndPort("127.0.0.1", 5432);

    @Option(
            names = "--upstream-sslmode",
            paramLabel = "MODE",
            converter = SslModeConverter.class,
            description = "TLS on the leg to the server: disable, prefer, require, verify-ca or verify-full. "
                    + "Default: prefer.")
    SslMode sslMode = SslMode.PREFER;

    @Option(
            names = "--upstream-sslrootcert",
            paramLabel = "FILE",
            description = "Who may have signed the server's certificate (PEM). Default: whom the Java runtime trusts.")
    @Nullable
    Path rootCertificate;

    @Option(
            names = "--upstream-sslcert",
            paramLabel = "FILE",
            description = "The certificate that is shown to the server (PEM).")
    @Nullable
    Path certificate;

    @Option(names = "--upstream-sslkey", paramLabel = "FILE", description = "Its private key (PEM, not encrypted).")
    @Nullable
    Path key;

    @Option(
            names = "--upstream-sslnegotiation",
            paramLabel = "HOW",
            converter = SslNegotiationConverter.class,
            description = "How TLS begins there: postgres (SSLRequest) or direct (PostgreSQL 17). Default: postgres.")
    SslNegotiation negotiation = SslNegotiation.POSTGRES;

    /** Tells whether the server is on this machine. */
    boolean local() {
        return address.host().startsWith("/") || address.resolve().getAddress().isLoopbackAddress();
    }

    /**
     * Returns what is asked of TLS.
     *
     * @throws CommandFailedException wrong usage: options that contradict each other
     */
    org.pgreel.client.TlsOptions tls() {
        try {
            return connect().user("any").build().tls();
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    /**
     * Returns options that name the server and what is asked of TLS.
     *
     * @throws CommandFailedException wrong usage: options that contradict each other
     */
    ConnectOptionsBuilder connect() {
        if ((certificate == null) != (key == null)) {
            throw CommandFailedException.usage(
                    "--upstream-sslcert and --upstream-sslkey belong together; give both or neither");
        }
        ConnectOptionsBuilder options = ConnectOptions.builder()
                .host(address.host())
                .port(address.port())
                .sslMode(sslMode)
                .sslNegotiation(negotiation);
        if (rootCertificate != null) {
            options.sslRootCertificate(rootCertificate);
        }
        if (certificate != null && key != null) {
            options.sslCertificate(certificate, key);
        }
        return options;
    }

    /** Reads libpq's words. */
    static final class SslModeConverter implements ITypeConverter<SslMode> {

        @Override
        public SslMode convert(String word) {
            try {
                return SslMode.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failures.what(e));
            }
        }
    }

    /** Reads libpq's words. */
    static final class SslNegotiationConverter implements ITypeConverter<SslNegotiation> {

        @Override
        public SslNegotiation convert(String word) {
            try {
                return SslNegotiation.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failures.what(e));
            }
        }
    }
}
