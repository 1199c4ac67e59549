package org.pgreel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Sets a container's server up as the options ask. The official image runs what lies in {@code /docker-entrypoint-initdb.d} before the server
 * listens to anyone. It is SQL, since a script would have to know the image's shell; the server itself puts the files into its data directory,
 * which is where it works and where they become its own.
 */
final class ContainerSetup {

    /** The file with the certificate of the authority, in the directory of this machine. */
    static final String ROOT = "root.crt";

    private static final String FILES = "/pgreel/";
    private static final int READABLE_BY_ALL = 0100644;

    private final PostgreSQLContainer container;
    private final Path directory;

    ContainerSetup(PostgreSQLContainer container, Path directory) {
        this.container = container;
        this.directory = directory;
    }

    void apply(PostgresOptions options) throws IOException {
        StringBuilder commands = new StringBuilder(Cluster.roleCommands(options));
        give("pg_hba.conf", String.join("\n", Cluster.hba(options)) + "\n");
        shell(commands, "cat " + FILES + "pg_hba.conf > pg_hba.conf");
        if (options.withTls()) {
            giveCertificates(options.tlsNames());
            shell(commands, "cat " + FILES + "server.crt > server.crt");
            shell(commands, "umask 077 && cat " + FILES + "server.key > server.key");
            for (String setting : List.of("ssl = on", "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'")) {
                commands.append("ALTER SYSTEM SET ").append(setting).append(";\n");
            }
        }
        container.withCopyToContainer(
                Transferable.of(commands.toString(), READABLE_BY_ALL), "/docker-entrypoint-initdb.d/pgreel.sql");
    }

    private void giveCertificates(List<String> names) throws IOException {
        CertificateAuthority authority = CertificateAuthority.create("PgReel test authority");
        authority.writeTo(directory.resolve(ROOT));
        Path certificate = directory.resolve("server.crt");
        Path key = directory.resolve("server.key");
        authority.issue(names).writeTo(certificate, key);
        give("server.crt", Files.readString(certificate));
        give("server.key", Files.readString(key));
        Files.delete(key);
    }

    private void give(String name, String content) {
        container.withCopyToContainer(Transferable.of(content, READABLE_BY_ALL), FILES + name);
    }

    /** Lets the server run a command in its data directory; the query is one without rows, so nothing is said to it. */
    private static void shell(StringBuilder commands, String command) {
        commands.append("COPY (SELECT 1 WHERE false) TO PROGRAM '")
                .append(command)
                .append("';\n");
    }
}
