package org.pgreel.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a Docker container. Testcontainers is an optional dependency: only this class knows it, and it is only loaded when asked for. */
final class ContainerServer implements PostgresServer.Running {

    private static final String DATABASE = "postgres";

    private final PostgreSQLContainer container;

    private ContainerServer(PostgreSQLContainer container) {
        this.container = container;
    }

    static PostgresServer start(String image, PostgresOptions options) {
        if (options.withTls() || !options.roles().isEmpty() || !options.hba().isEmpty()) {
            throw new PostgresUnavailableException(
                    "a PostgreSQL in a container gets no TLS, roles or pg_hba.conf lines: use the embedded one for them");
        }
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                throw new PostgresUnavailableException(
                        "no Docker engine answers, so there is no container of " + image);
            }
            PostgreSQLContainer container = container(image, options);
            start(container, image);
            String version = version(container);
            var endpoint = new PostgresServer.Endpoint(
                    version,
                    "container of " + image,
                    container.getHost(),
                    container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    options.superuser(),
                    DATABASE,
                    List.of());
            return new PostgresServer(endpoint, new ContainerServer(container));
        } catch (NoClassDefFoundError e) {
            throw new PostgresUnavailableException(
                    "a PostgreSQL in a container needs org.testcontainers:testcontainers-postgresql on the class path",
                    e);
        }
    }

    private static void start(PostgreSQLContainer container, String image) {
        try {
            container.start();
        } catch (ContainerLaunchException | ContainerFetchException e) {
            throw new PostgresUnavailableException(
                    "the container of " + image + " did not start: " + e.getMessage(), e);
        }
    }

    private static PostgreSQLContainer container(String image, PostgresOptions options) {
        List<String> command = new ArrayList<>(List.of("postgres", "-c", "fsync=off"));
        options.settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Role superuser = options.superuser();
        return new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withUsername(superuser.name())
                .withPassword(superuser.password())
                .withDatabaseName(DATABASE)
                .withEnv("POSTGRES_HOST_AUTH_METHOD", superuser.method().hba())
                .withEnv(
                        "POSTGRES_INITDB_ARGS",
                        "--auth-host=" + superuser.method().hba())
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
        container.stop();
    }

    @Override
    public void kill9() {
        throw new UnsupportedOperationException("the server in a container is not a process of this machine");
    }

    @Override
    public Optional<Path> unixSocketDirectory() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> caCertificate() {
        return Optional.empty();
    }

    @Override
    public List<String> log() {
        return container.getLogs().lines().toList();
    }
}
