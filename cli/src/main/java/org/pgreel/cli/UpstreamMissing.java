package org.pgreel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.SslMode;
import picocli.CommandLine.Option;

/** The server from which a replay records what is missing, and as whom it logs in there. */
final class UpstreamMissing {

    @Option(
            names = "--upstream",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description = "The server from which is recorded what is missing: a whole tape, from which clients log in "
                    + "with its credentials; or, with --match exchange, the runs whose statements are not on the tape.")
    @Nullable
    HostAndPort address;

    @Option(
            names = "--upstream-sslmode",
            paramLabel = "MODE",
            description = "TLS on the leg to that server. Default: prefer.")
    @Nullable
    String sslMode;

    @Option(
            names = "--upstream-user",
            paramLabel = "NAME",
            description = "Who logs in there for runs that are not on the tape. Default: the user of each client.")
    private @Nullable String user;

    @Option(
            names = "--upstream-password-file",
            paramLabel = "FILE",
            description = "The first line of FILE is the password there; without it PGPASSWORD is.")
    private @Nullable Path passwordFile;

    @Nullable
    String user() {
        return user;
    }

    /**
     * Returns options that name the server, TLS and the password.
     *
     * @throws CommandFailedException wrong usage: no such mode of TLS
     */
    ConnectOptionsBuilder connect() {
        HostAndPort there = address;
        if (there == null) {
            throw new IllegalStateException("no server was named");
        }
        ConnectOptionsBuilder options =
                ConnectOptions.builder().host(there.host()).port(there.port()).sslMode(mode());
        String password = passwordFile == null
                ? System.getenv().getOrDefault("PGPASSWORD", "")
                : PasswordFile.firstLine(passwordFile);
        return password.isEmpty() ? options : options.password(password);
    }

    private SslMode mode() {
        try {
            return sslMode == null ? SslMode.PREFER : SslMode.of(sslMode);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }
}
