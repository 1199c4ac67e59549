package org.pgreel.client.connect;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a connection from all that may give them, in libpq's order: the connection string, then the service
 * that it (or {@code PGSERVICE}) names, then the environment. What none of them gives is left to the options' standard.
 *
 * @param values the values
 * @param environment where the rest came from
 */
public record ConnectParameters(Map<Keyword, String> values, ConnectEnvironment environment) {

    /** Keeps a copy. */
    public ConnectParameters {
        values = Map.copyOf(values);
    }

    /**
     * Reads a connection string and looks up what it leaves out.
     *
     * @param text the string, in either spelling; an empty one leaves all to service and environment
     * @param environment what stands in for what is left out
     * @throws ConnectionStringException if the string, or the service, cannot be read
     */
    public static ConnectParameters resolve(String text, ConnectEnvironment environment) {
        Map<Keyword, String> values = ConnectionString.parse(text);
        service(values, environment).forEach(values::putIfAbsent);
        for (Keyword keyword : Keyword.values()) {
            keyword.variable().flatMap(environment::variable).ifPresent(value -> values.putIfAbsent(keyword, value));
        }
        if (environment
                .variable("PGREQUIRESSL")
                .filter(value -> value.startsWith("1"))
                .isPresent()) {
            values.putIfAbsent(Keyword.SSLMODE, "require");
        }
        return new ConnectParameters(values, environment);
    }

    private static Map<Keyword, String> service(Map<Keyword, String> named, ConnectEnvironment environment) {
        return Optional.ofNullable(named.get(Keyword.SERVICE))
                .or(() -> environment.variable("PGSERVICE"))
                .map(name -> ServiceFile.find(name, Optional.ofNullable(named.get(Keyword.SERVICEFILE)), environment))
                .orElseGet(ConnectionString::nothing);
    }

    /** Returns a value; empty if it is not given, or given as the empty string, which means the same for most. */
    public Optional<String> value(Keyword keyword) {
        return Optional.ofNullable(values.get(keyword)).filter(value -> !value.isEmpty());
    }

    /** Returns the password file: the one that is named, or {@code ~/.pgpass}. */
    public Path passwordFile() {
        return value(Keyword.PASSFILE)
                .map(Path::of)
                .orElseGet(() -> environment.home().resolve(".pgpass"));
    }

    /** Returns the keywords that are given, and no value: a password may be among them. */
    @Override
    public String toString() {
        return "ConnectParameters" + values.keySet();
    }
}
