package org.pgreel.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.ClientCertificates;
import org.pgreel.replay.engine.ReplaySettings;
import picocli.CommandLine.Option;

/** Several users, and certificates of clients: what a replay asks of those who log in, besides a method and one password. */
final class ClientLoginOptions {

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Who may log in, user:password a line, in a file that only its owner may read.")
    private @Nullable Path users;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Who may have signed the certificates of clients (PEM): each must show one, besides its "
                    + "password if --auth asks for one; with --auth cert its common name is the user. Implies --tls.")
    @Nullable
    Path clientAuthorities;

    private Map<String, String> passwords = Map.of();

    /**
     * Reads the file of users, if there is one.
     *
     * @throws CommandFailedException wrong usage: it is none, or does not go with the other options
     */
    void read(CredentialOptions credentials) {
        if (credentials.byCertificate() && clientAuthorities == null) {
            throw CommandFailedException.usage(
                    "--auth cert needs to know who signs the certificates of clients; give --client-ca FILE");
        }
        Path file = users;
        if (file == null) {
            return;
        }
        if (credentials.named()) {
            throw CommandFailedException.usage("--users says who may log in and with which password; leave out --user, "
                    + "--password and --password-file");
        }
        passwords = UsersFile.read(file);
    }

    /** Tells whether a file says who may log in. */
    boolean severalUsers() {
        return users != null;
    }

    /** Returns the user's password; empty if no file says so. */
    String password(String user) {
        return passwords.getOrDefault(user, "");
    }

    /** Returns the settings with what is asked here. */
    ReplaySettings addTo(ReplaySettings settings, CredentialOptions credentials) {
        ReplaySettings several = passwords.isEmpty() ? settings : settings.withUsers(credentials.auth(), passwords);
        if (clientAuthorities == null) {
            return several;
        }
        return several.withClientCertificates(
                credentials.byCertificate() ? ClientCertificates.NAMES_USER : ClientCertificates.VERIFIED);
    }

    /**
     * Refuses what a replay with faults does not do.
     *
     * @throws CommandFailedException wrong usage
     */
    void requireNone() {
        if (users != null || clientAuthorities != null) {
            throw CommandFailedException.usage(
                    "--users and --client-ca are for a replay without faults; leave out one or the other");
        }
    }
}
