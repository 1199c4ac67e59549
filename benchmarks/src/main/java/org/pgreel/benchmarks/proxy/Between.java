package org.pgreel.benchmarks.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.postgres.PostgresServer;

/**
 * Something that stands between pgbench and the server; nothing at all is one of them.
 *
 * @param name how the table calls it
 * @param port where pgbench connects to
 * @param process what runs there; null for the server itself
 */
public record Between(String name, int port, @Nullable Process process) implements AutoCloseable {

    private static final int START_MILLIS_MAX = 30_000;
    private static final long TICK_MILLIS = 50;

    /** Returns the server itself. */
    static Between nothing(PostgresServer server) {
        return new Between("direct", server.port(), null);
    }

    /** Starts our proxy on a journal in a directory. */
    public static Between recording(PostgresServer server, Path directory) throws IOException, InterruptedException {
        return recording(server, directory, 1);
    }

    /** Starts our proxy on a journal in a directory, with some stripes written side by side. */
    static Between recording(PostgresServer server, Path directory, int stripes)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingProgram.class.getName(),
                directory
                        .resolve(stripes == 1 ? "journal" : "journal-" + stripes)
                        .toString(),
                Integer.toString(port),
                Integer.toString(server.port()),
                Integer.toString(stripes)));
        return started("pgreel record" + (stripes == 1 ? "" : ", " + stripes + " stripes"), port, command, directory);
    }

    /** Starts HAProxy in TCP mode. */
    static Between haproxy(PostgresServer server, Path directory) throws IOException, InterruptedException {
        int port = freePort();
        Path configuration = Files.writeString(directory.resolve("haproxy.cfg"), """
                global
                    maxconn 200
                defaults
                    mode tcp
                    timeout connect 10s
                    timeout client 1h
                    timeout server 1h
                listen postgresql
                    bind 127.0.0.1:%d
                    server one 127.0.0.1:%d
                """.formatted(port, server.port()));
        return started("haproxy, TCP", port, List.of("haproxy", "-db", "-f", configuration.toString()), directory);
    }

    /** Starts pgbouncer in session mode; as somebody else if we are root, since it does not run as root. */
    static Between pgbouncer(PostgresServer server, Path directory) throws IOException, InterruptedException {
        int port = freePort();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path configuration = Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = session
                default_pool_size = 64
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        server.port(), server.user(), server.password(), port));
        List<String> command = new ArrayList<>(List.of("pgbouncer", "-q"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        return started("pgbouncer, session", port, command, directory);
    }

    /**
     * Starts a program of ours, which is given an argument and a free port.
     *
     * @param heap an option of the JVM, such as {@code -Xmx256m}
     */
    public static Between program(String name, Path directory, String heap, Class<?> main, String argument)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument,
                Integer.toString(port)));
        return started(name, port, command, directory);
    }

    private static Between started(String name, int port, List<String> command, Path directory)
            throws IOException, InterruptedException {
        Path log = directory.resolve(command.get(0).substring(command.get(0).lastIndexOf('/') + 1) + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        for (long waited = 0; waited < START_MILLIS_MAX; waited += TICK_MILLIS) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new Between(name, probe.getPort(), process);
            } catch (IOException notYet) {
                if (process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        process.destroyForcibly();
        throw new IOException(name + " did not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns how much processor time it took so far; none if there is no process of its own. */
    Duration processorTime() {
        return process == null
                ? Duration.ZERO
                : process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
