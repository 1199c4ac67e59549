package org.pgreel.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data directory: made by {@code initdb}, set up, and given its roles, all before the server starts. */
final class Cluster {

    private final Path binaries;
    private final Path data;
    private final Identity identity;

    Cluster(Path binaries, Path data, Identity identity) {
        this.binaries = binaries;
        this.data = data;
        this.identity = identity;
    }

    void create(PostgresOptions options, Optional<Path> socketDirectory) throws IOException {
        Program.run(
                        identity.command(List.of(
                                binaries.resolve("initdb").toString(),
                                "--pgdata=" + data,
                                "--username=" + options.superuser().name(),
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync")),
                        "")
                .requireSuccess("initdb");
        Map<String, String> settings = new LinkedHashMap<>(settings(options, socketDirectory));
        settings.putAll(options.settings());
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
        Files.write(data.resolve("postgresql.conf"), lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        Files.write(data.resolve("pg_hba.conf"), hba(options), StandardCharsets.UTF_8);
        createRoles(options);
    }

    private Map<String, String> settings(PostgresOptions options, Optional<Path> socketDirectory) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put(
                "unix_socket_directories", socketDirectory.map(Path::toString).orElse(""));
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        settings.put("shared_buffers", "32MB");
        // The data lives no longer than the server: nothing is gained by waiting for the disk.
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
        if (options.withTls()) {
            CertificateAuthority authority = CertificateAuthority.create("PgReel test authority");
            authority.issue(options.tlsNames()).writeTo(data.resolve("server.crt"), data.resolve("server.key"));
            authority.writeTo(data.resolve("root.crt"));
            identity.own(data);
            settings.put("ssl", "on");
            settings.put("ssl_cert_file", "server.crt");
            settings.put("ssl_key_file", "server.key");
        }
        return settings;
    }

    /** Returns the lines of {@code pg_hba.conf}. */
    static List<String> hba(PostgresOptions options) {
        List<String> lines = new ArrayList<>(options.hba());
        for (Role role : options.roles()) {
            String name = '"' + role.name() + '"';
            String method = role.method().hba();
            lines.add("local all " + name + " " + method);
            lines.add("host all " + name + " all " + method);
        }
        String method = options.superuser().method().hba();
        lines.add("local all all " + method);
        lines.add("host all all all " + method);
        lines.add("host replication all all " + method);
        return lines;
    }

    /** Returns the commands that create the roles, with an empty line behind each. */
    static String roleCommands(PostgresOptions options) {
        StringBuilder commands = new StringBuilder();
        append(commands, "ALTER ROLE", options.superuser());
        options.roles().forEach(role -> append(commands, "CREATE ROLE", role));
        return commands.toString();
    }

    /** Single-user mode needs no client: each line that comes in is one command. */
    private void createRoles(PostgresOptions options) {
        Program.Outcome outcome = Program.run(
                identity.command(List.of(
                        binaries.resolve("postgres").toString(), "--single", "-D", data.toString(), "-j", "postgres")),
                roleCommands(options));
        outcome.requireSuccess("creating the roles");
        if (outcome.output().contains("ERROR:")) {
            throw new PostgresUnavailableException(
                    "creating the roles failed: " + outcome.output().strip());
        }
    }

    private static void append(StringBuilder commands, String verb, Role role) {
        commands.append("SET password_encryption = '")
                .append(role.method().passwordEncryption())
                .append("';\n\n")
                .append(verb)
                .append(" \"")
                .append(role.name())
                .append("\" LOGIN PASSWORD '")
                .append(role.password().replace("'", "''"))
                .append("';\n\n");
    }
}
