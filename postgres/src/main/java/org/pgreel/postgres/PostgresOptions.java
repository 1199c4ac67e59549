package org.pgreel.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What server to start and how it is set up. Immutable: each method returns changed options. The default is the PostgreSQL that this machine prefers
 * (see {@link PostgresServer}) with superuser {@code postgres}, SCRAM-SHA-256 and no TLS.
 */
public final class PostgresOptions {

    private static final PostgresOptions DEFAULTS = new PostgresOptions(new State(
            PostgresSource.preferred(),
            new Role("postgres", "postgres-password", AuthMethod.SCRAM_SHA_256),
            List.of(),
            List.of(),
            Map.of(),
            List.of()));

    private final State state;

    private record State(
            PostgresSource source,
            Role superuser,
            List<Role> roles,
            List<String> hba,
            Map<String, String> settings,
            List<String> tlsNames) {}

    private PostgresOptions(State state) {
        this.state = state;
    }

    /**
     * Returns the defaults: the PostgreSQL that this machine prefers, superuser {@code postgres} with SCRAM-SHA-256, no TLS.
     *
     * @return the default options
     */
    public static PostgresOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Names the server to start or to use.
     *
     * @param source the source, for example {@code PostgresSource.embedded("17")} or {@code PostgresSource.parse(text)}
     * @return the changed options
     */
    public PostgresOptions source(PostgresSource source) {
        Objects.requireNonNull(source, "source");
        return new PostgresOptions(
                new State(source, state.superuser, state.roles, state.hba, state.settings, state.tlsNames));
    }

    /**
     * Sets the superuser, whose method also holds for every role that has no line of its own.
     *
     * @param name the superuser's name
     * @param password its password
     * @param method what the server asks for
     * @return the changed options
     */
    public PostgresOptions superuser(String name, String password, AuthMethod method) {
        var superuser = new Role(name, password, method);
        return new PostgresOptions(
                new State(state.source, superuser, state.roles, state.hba, state.settings, state.tlsNames));
    }

    /**
     * Sets the authentication method of the superuser and of every role without one of its own.
     *
     * @param method what the server asks for
     * @return the changed options
     */
    public PostgresOptions auth(AuthMethod method) {
        return superuser(state.superuser.name(), state.superuser.password(), method);
    }

    /**
     * Adds a login role.
     *
     * @param name its name
     * @param password its password
     * @param method what the server asks of it
     * @return the changed options
     */
    public PostgresOptions role(String name, String password, AuthMethod method) {
        List<Role> roles = new ArrayList<>(state.roles);
        roles.add(new Role(name, password, method));
        return new PostgresOptions(new State(
                state.source, state.superuser, List.copyOf(roles), state.hba, state.settings, state.tlsNames));
    }

    /**
     * Adds a line at the top of {@code pg_hba.conf}, before the lines of the roles; of several, the first added is the first in the file.
     *
     * @param line the line
     * @return the changed options
     */
    public PostgresOptions hba(String line) {
        List<String> hba = new ArrayList<>(state.hba);
        hba.add(line);
        return new PostgresOptions(new State(
                state.source, state.superuser, state.roles, List.copyOf(hba), state.settings, state.tlsNames));
    }

    /**
     * Sets a parameter of {@code postgresql.conf}.
     *
     * @param name the parameter's name
     * @param value its value, not quoted
     * @return the changed options
     */
    public PostgresOptions setting(String name, String value) {
        Map<String, String> settings = new LinkedHashMap<>(state.settings);
        settings.put(name, value);
        return new PostgresOptions(
                new State(state.source, state.superuser, state.roles, state.hba, Map.copyOf(settings), state.tlsNames));
    }

    /**
     * Switches TLS on, with a certificate for {@code localhost} and {@code 127.0.0.1} issued by an authority made for this server. Connections
     * without TLS stay possible.
     *
     * @return the changed options
     */
    public PostgresOptions tls() {
        return tls("localhost", "127.0.0.1");
    }

    /**
     * Switches TLS on, with a certificate for other names, so that a client that verifies them has something to refuse.
     *
     * @param names DNS names and IPv4 addresses in the certificate
     * @return the changed options
     */
    public PostgresOptions tls(String... names) {
        return new PostgresOptions(
                new State(state.source, state.superuser, state.roles, state.hba, state.settings, List.of(names)));
    }

    PostgresSource source() {
        return state.source;
    }

    Role superuser() {
        return state.superuser;
    }

    List<Role> roles() {
        return state.roles;
    }

    List<String> hba() {
        return state.hba;
    }

    Map<String, String> settings() {
        return state.settings;
    }

    List<String> tlsNames() {
        return state.tlsNames;
    }

    boolean withTls() {
        return !state.tlsNames.isEmpty();
    }
}
