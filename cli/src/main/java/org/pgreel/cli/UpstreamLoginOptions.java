package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptionsBuilder;
import picocli.CommandLine.Option;

/** As whom a command logs in to a real server. */
final class UpstreamLoginOptions {

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in. Default: the user of each session.")
    @Nullable
    String user;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description =
                    "The database. Default: that of each session, which should be as it was when it was recorded.")
    @Nullable
    String database;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The first line of FILE is the password; without it PGPASSWORD is.")
    @Nullable
    private Path passwordFile;

    /** Returns options that name the server, TLS and the password. */
    ConnectOptionsBuilder connect(UpstreamOptions upstream) {
        ConnectOptionsBuilder options = upstream.connect();
        String password = password();
        return password.isEmpty() ? options : options.password(password);
    }

    private String password() {
        if (passwordFile == null) {
            return System.getenv().getOrDefault("PGPASSWORD", "");
        }
        try (var lines = Files.lines(passwordFile)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the password file " + passwordFile + " cannot be read (" + Failures.what(e) + ")", e);
        }
    }
}
