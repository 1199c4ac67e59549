package org.pgreel.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that runs as a process of this machine, in a temporary directory. */
final class LocalServer implements PostgresServer.Running {

    private static final int PORT_ATTEMPTS = 10;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");
    /** What fits into {@code sockaddr_un.sun_path}, with its terminating NUL (104 on macOS, 108 on Linux). */
    private static final int SOCKET_PATH_MAX = 103;

    private final Postmaster postmaster;
    private final Path directory;
    private final Optional<Path> socketDirectory;
    private final boolean tls;

    private LocalServer(Postmaster postmaster, Path directory, boolean tls) {
        this.postmaster = postmaster;
        this.directory = directory;
        this.socketDirectory = socketDirectory(directory);
        this.tls = tls;
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
        Path data = directory.resolve("data");
        new Cluster(binaries, data, identity).create(options, socketDirectory(directory));
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            List<String> command = identity.command(List.of(
                    binaries.resolve("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
            try {
                Postmaster postmaster = Postmaster.start(command, directory);
                var endpoint = new PostgresServer.Endpoint(
                        version(binaries), origin, "127.0.0.1", port, options.superuser(), "postgres", options.roles());
                return new PostgresServer(endpoint, new LocalServer(postmaster, directory, options.withTls()));
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
        postmaster.stop(tellClients ? "INT" : "QUIT");
    }

    @Override
    public void kill9() {
        postmaster.kill9();
    }

    @Override
    public Optional<Path> unixSocketDirectory() {
        return socketDirectory;
    }

    @Override
    public Optional<Path> caCertificate() {
        return tls ? Optional.of(directory.resolve("data").resolve("root.crt")) : Optional.empty();
    }

    @Override
    public List<String> log() {
        return postmaster.log();
    }
}
