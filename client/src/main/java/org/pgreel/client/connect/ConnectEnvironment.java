package org.pgreel.client.connect;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in for the parameters that a connection string leaves out: the variables of the environment, the user's
 * home directory and name.
 *
 * @param variables the variables, such as {@code PGHOST}
 * @param home the user's home directory, where {@code .pgpass}, {@code .pg_service.conf} and {@code .postgresql} lie
 * @param systemUser the user's name in the operating system, the standard for {@code user}
 */
public record ConnectEnvironment(Map<String, String> variables, Path home, String systemUser) {

    /** Keeps a copy of the variables. */
    public ConnectEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Returns what this process has, as it is now. */
    public static ConnectEnvironment ofProcess() {
        return of(System.getenv());
    }

    /**
     * Returns other variables with the home directory and the name of this process's user.
     *
     * @param variables the variables
     */
    public static ConnectEnvironment of(Map<String, String> variables) {
        return new ConnectEnvironment(
                variables, Path.of(System.getProperty("user.home", ".")), System.getProperty("user.name", ""));
    }

    /** Returns a variable; empty if it is not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Returns the settings of the server that libpq takes from {@code PGDATESTYLE}, {@code PGTZ} and {@code PGGEQO}. */
    public Map<String, String> serverSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        Map.of("PGDATESTYLE", "datestyle", "PGTZ", "timezone", "PGGEQO", "geqo")
                .forEach((variable, setting) -> variable(variable).ifPresent(value -> settings.put(setting, value)));
        return settings;
    }
}
