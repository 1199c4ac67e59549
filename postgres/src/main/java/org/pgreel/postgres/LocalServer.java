package org.pgreel.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that runs as a process of this machine, in a temporary directory. */
final class LocalServer implements PostgresServer.Running {

    private static final int PORT_ATTEMPTS = 10;
    private static final String DATA = "data";
    private static final String BASE_BACKUP = "pg_basebackup";
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");
    /** What fits into {@code sockaddr_un.sun_path}, with its terminating NUL (104 on macOS, 108 on Linux). */
    private static final int SOCKET_PATH_MAX = 103;

    private final Path binaries;
    private final Identity identity;
    private final PostgresOptions options;
    private final List<String> command;
    private final Path directory;
    private final Optional<Path> socketDirectory;

    /** The last is the server; those before it were killed, and the directory is theirs too. */
    private final Deque<Postmaster> postmasters = new ArrayDeque<>();

    private LocalServer(
            Path binaries,
            Identity identity,
            PostgresOptions options,
            List<String> command,
            Path directory,
            Postmaster postmaster) {
        this.binaries = binaries;
        this.identity = identity;
        this.options = options;
        this.command = command;
        this.directory = directory;
        this.socketDirectory = socketDirectory(directory);
        this.postmasters.add(postmaster);
    }

    static PostgresServer start(Bundle bundle, PostgresOptions options) {
        Identity identity = Identity.ofThisMachine();
        return inFreshDirectory(directory -> {
            Path cache = identity.foreign() ? directory.resolve("binaries") : Directories.cache();
            Path binaries = bundle.unpackedIn(cache).resolve("bin");
            return start(binaries, "embedded binaries", identity, directory, options);
        });
    }

    static PostgresServer start(Path binaries, PostgresOptions options) {
        Identity identity = Identity.ofThisMachine();
        return inFreshDirectory(directory -> start(binaries, "installed in " + binaries, identity, directory, options));
    }

    @FunctionalInterface
    private interface Start {
        PostgresServer in(Path directory) throws IOException;
    }

    private static PostgresServer inFreshDirectory(Start start) {
        try {
            Path directory = Files.createTempDirectory("pgreel-");
            try {
                return start.in(directory);
            } catch (IOException | RuntimeException e) {
                Directories.delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a directory for PostgreSQL", e);
        }
    }

    private static PostgresServer start(
            Path binaries, String origin, Identity identity, Path directory, PostgresOptions options)
            throws IOException {
        identity.own(directory);
        new Cluster(binaries, directory.resolve(DATA), identity).create(options, socketDirectory(directory));
        return started(binaries, origin, identity, directory, options);
    }

    /** Starts a server whose data is there. */
    private static PostgresServer started(
            Path binaries, String origin, Identity identity, Path directory, PostgresOptions options)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            List<String> command = identity.command(List.of(
                    binaries.resolve("postgres").toString(),
                    "-D",
                    directory.resolve(DATA).toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "unix_socket_directories="
                            + socketDirectory(directory).map(Path::toString).orElse("")));
            try {
                Postmaster postmaster = Postmaster.start(command, directory);
                var endpoint = new PostgresServer.Endpoint(
                        version(binaries), origin, "127.0.0.1", port, options.superuser(), "postgres", options.roles());
                return new PostgresServer(
                        endpoint, new LocalServer(binaries, identity, options, command, directory, postmaster));
            } catch (Postmaster.PortTakenException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw new PostgresUnavailableException(
                            "no free port for PostgreSQL after " + attempt + " attempts", e);
                }
            }
        }
    }

    /** A temporary directory may lie too deep for a Unix socket; the server then has none. */
    private static Optional<Path> socketDirectory(Path directory) {
        String longest = directory.resolve(".s.PGSQL.65535").toString();
        return longest.getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_MAX
                ? Optional.of(directory)
                : Optional.empty();
    }

    /** PostgreSQL does not take port 0, so a free one is looked for; that it may be taken meanwhile is seen when the server starts. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String version(Path binaries) {
        return versionIn(Program.run(List.of(binaries.resolve("postgres").toString(), "--version"), "")
                .output());
    }

    /** Finds the version in what {@code postgres --version} prints. */
    static String versionIn(String output) {
        Matcher matcher = VERSION.matcher(output);
        return matcher.find() ? matcher.group(1) : output.strip();
    }

    @Override
    public void stop(boolean tellClients) {
        postmasters.removeLast().stop(tellClients ? "INT" : "QUIT");
        postmasters.forEach(killed -> killed.stop("QUIT"));
    }

    @Override
    public void kill9() {
        postmasters.getLast().kill9();
    }

    @Override
    public void restart() {
        try {
            postmasters.add(Postmaster.start(command, directory));
        } catch (Postmaster.PortTakenException e) {
            throw new PostgresUnavailableException("the port of the killed server was taken by another", e);
        }
    }

    @Override
    public PostgresServer standby(int port) {
        Path copier = binaries.resolve(BASE_BACKUP);
        if (!Files.isExecutable(copier)) {
            throw new PostgresUnavailableException("a standby needs " + BASE_BACKUP + ", which is not in " + binaries);
        }
        return inFreshDirectory(copy -> {
            identity.own(copy);
            Role superuser = options.superuser();
            String primary = "host=127.0.0.1 port=" + port + " user='" + superuser.name() + "' password='"
                    + superuser.password() + "'";
            Program.run(
                            identity.command(List.of(
                                    copier.toString(),
                                    "--dbname=" + primary,
                                    "--pgdata=" + copy.resolve(DATA),
                                    "--checkpoint=fast",
                                    "--write-recovery-conf",
                                    "--no-sync")),
                            "")
                    .requireSuccess(BASE_BACKUP);
            return started(binaries, "standby, installed in " + binaries, identity, copy, options);
        });
    }

    @Override
    public Optional<Path> unixSocketDirectory() {
        return socketDirectory;
    }

    @Override
    public Optional<Path> caCertificate() {
        return options.withTls() ? Optional.of(directory.resolve(DATA).resolve("root.crt")) : Optional.empty();
    }

    @Override
    public List<String> log() {
        return postmasters.getLast().log();
    }
}
