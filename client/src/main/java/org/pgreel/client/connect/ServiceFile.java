package org.pgreel.client.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connection service file: parameters by the name of a service.
 *
 * <p>Source: PostgreSQL 18 manual, 32.17 "The Connection Service File". LDAP look-ups ({@code ldap://…}) are refused.
 */
final class ServiceFile {

    private static final String SYSTEM_FILE = "pg_service.conf";

    private ServiceFile() {}

    /**
     * Finds a service: in {@code servicefile} or {@code PGSERVICEFILE} or {@code ~/.pg_service.conf}, then in
     * {@code pg_service.conf} of {@code PGSYSCONFDIR}.
     *
     * @param service its name
     * @param named the file that the connection string names; empty if it names none
     * @throws ConnectionStringException if no file has the service, or the file is wrong
     */
    static Map<Keyword, String> find(String service, Optional<String> named, ConnectEnvironment environment) {
        Optional<String> demanded = named.or(() -> environment.variable("PGSERVICEFILE"));
        Path own = demanded.map(Path::of).orElseGet(() -> environment.home().resolve(".pg_service.conf"));
        if (demanded.isPresent() && !Files.exists(own)) {
            throw new ConnectionStringException("the service file " + own + " does not exist");
        }
        Optional<Path> ofSystem =
                environment.variable("PGSYSCONFDIR").map(directory -> Path.of(directory, SYSTEM_FILE));
        return in(own, service)
                .or(() -> ofSystem.flatMap(file -> in(file, service)))
                .orElseThrow(
                        () -> new ConnectionStringException("the service \"" + service + "\" is defined neither in "
                                + own + ofSystem.map(file -> " nor in " + file).orElse("")
                                + ofSystem.map(file -> "").orElse(" nor elsewhere: PGSYSCONFDIR is not set")));
    }

    private static Optional<Map<Keyword, String>> in(Path file, String service) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return read(file, Files.readAllLines(file, StandardCharsets.UTF_8), service);
        } catch (IOException e) {
            throw new ConnectionStringException("the service file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    private static Optional<Map<Keyword, String>> read(Path file, List<String> lines, String service) {
        Map<Keyword, String> found = ConnectionString.nothing();
        boolean inside = false;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (inside) {
                    break;
                }
                inside = line.startsWith("[" + service + "]");
            } else if (inside) {
                take(found, line, file + ", line " + number + ": ");
            }
        }
        return inside ? Optional.of(found) : Optional.empty();
    }

    private static void take(Map<Keyword, String> found, String line, String place) {
        if (line.startsWith("ldap")) {
            throw new ConnectionStringException(place + "an LDAP look-up, which this client does not do");
        }
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new ConnectionStringException(place + "\"=\" is missing");
        }
        String word = line.substring(0, equals);
        if (word.equals("service") || word.equals("servicefile")) {
            throw new ConnectionStringException(place + "a service cannot name another: " + word);
        }
        Map<Keyword, String> one = ConnectionString.nothing();
        if (!ConnectionString.store(one, word, line.substring(equals + 1))) {
            throw new ConnectionStringException(
                    place + (word.endsWith(" ") ? "no space may stand before \"=\"" : Keyword.unknown(word)));
        }
        one.forEach(found::putIfAbsent);
    }
}
