package org.pgreel.postgres;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a Docker container, set up as one on this machine is. Testcontainers is an optional dependency: this class and
 * {@link ContainerSetup} know it, and may only be touched when it is {@linkplain Testcontainers there}.
 */
final class ContainerServer implements PostgresServer.Running {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerServer.class);

    private static final String DATABASE = "postgres";
    private static final int STOP_SECONDS_MAX = 20;
    private static final int LOG_LINES_MAX = 200;

    private final PostgreSQLContainer container;
    private final Path directory;
    private final boolean tls;
    private List<String> lastLines = List.of();

    private ContainerServer(PostgreSQLContainer container, Path directory, boolean tls) {
        this.container = container;
        this.directory = directory;
        this.tls = tls;
    }

    static PostgresServer start(String image, PostgresOptions options) {
        if (!engineAnswers()) {
            throw new PostgresUnavailableException("no Docker engine answers, so there is no container of " + image);
        }
        try {
            Path directory = Files.createTempDirectory("pgreel-");
            try {
                return start(image, options, directory);
            } catch (IOException | RuntimeException e) {
                Directories.delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a container of " + image, e);
        }
    }

    /** Tells whether a Docker engine answers. */
    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static PostgresServer start(String image, PostgresOptions options, Path directory) throws IOException {
        PostgreSQLContainer container = container(image, options);
        new ContainerSetup(container, directory).apply(options);
        try {
            container.start();
        } catch (ContainerLaunchException | ContainerFetchException e) {
            throw new PostgresUnavailableException(
                    "the container of " + image + " did not start: " + e.getMessage(), e);
        }
        var endpoint = new PostgresServer.Endpoint(
                version(container),
                "container of " + image,
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                options.superuser(),
                DATABASE,
                options.roles());
        return new PostgresServer(endpoint, new ContainerServer(container, directory, options.withTls()));
    }

    private static PostgreSQLContainer container(String image, PostgresOptions options) {
        List<String> command = new ArrayList<>(List.of("postgres", "-c", "fsync=off"));
        options.settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withUsername(options.superuser().name())
                .withPassword(options.superuser().password())
                .withDatabaseName(DATABASE)
                .withCommand(command.toArray(new String[0]));
    }

    private static String version(PostgreSQLContainer container) {
        try {
            return LocalServer.versionIn(
                    container.execInContainer("postgres", "--version").getStdout());
        } catch (IOException e) {
            throw new PostgresUnavailableException("the container does not say its version: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresUnavailableException("interrupted while the container was starting", e);
        }
    }

    @Override
    public void stop(boolean tellClients) {
        if (tellClients) {
            signal("INT");
        }
        lastLines = log();
        container.stop();
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            LOG.warn("{} is left: {}", directory, e.getMessage());
        }
    }

    /** The children first: those that see the server die before they do tell their clients so. */
    @Override
    public void kill9() {
        try {
            container.execInContainer("sh", "-c", "kill -9 -1");
        } catch (IOException e) {
            LOG.warn("the children of PostgreSQL in its container could not be killed first: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        signal("KILL");
    }

    /** Signals the container's first process, which is the server, and waits for its end. */
    private void signal(String signal) {
        DockerClient docker = container.getDockerClient();
        try (var ended = docker.waitContainerCmd(container.getContainerId()).exec(new WaitContainerResultCallback())) {
            docker.killContainerCmd(container.getContainerId())
                    .withSignal(signal)
                    .exec();
            ended.awaitStatusCode(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (DockerException | DockerClientException | IOException e) {
            LOG.warn("PostgreSQL in its container did not end by SIG{}: {}", signal, e.getMessage());
        }
    }

    @Override
    public Optional<Path> unixSocketDirectory() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> caCertificate() {
        return tls ? Optional.of(directory.resolve(ContainerSetup.ROOT)) : Optional.empty();
    }

    @Override
    public List<String> log() {
        if (container.getContainerId() == null) {
            return lastLines;
        }
        List<String> lines = container.getLogs().lines().toList();
        return lines.subList(Math.max(0, lines.size() - LOG_LINES_MAX), lines.size());
    }
}
